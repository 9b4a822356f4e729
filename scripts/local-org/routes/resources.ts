import type { Hono } from 'hono';
import { baseUrl } from './oauth.ts';
import type { OrgEnv, Services } from './services.ts';

const RELEASES: readonly (readonly [label: string, version: number])[] = [
  ['Spring \'24', 60], ['Summer \'24', 61], ['Winter \'25', 62], ['Spring \'25', 63],
  ['Summer \'25', 64], ['Winter \'26', 65], ['Spring \'26', 66], ['Summer \'26', 67],
];

export const isKnownVersion = (version: string): boolean => RELEASES.some(([, number]) => `${number}.0` === version);

export function versionRoutes(app: Hono<OrgEnv>): void {
  app.get('/services/data', (context) =>
    context.json(RELEASES.map(([label, version]) => ({ label, url: `/services/data/v${version}.0`, version: `${version}.0` }))),
  );
}

/** The resources that this org answers, and what is left of its limits. */
export function resourceRoutes(app: Hono<OrgEnv>, { org, usage }: Services): void {
  app.get('/', (context) => {
    const root = `/services/data/v${context.get('version')}`;
    const names = ['sobjects', 'query', 'queryAll', 'composite', 'limits', 'graphql'];
    const identity = `${baseUrl(context)}/id/${org.organizationId}/${context.get('caller').userId}`;
    return context.json({ ...Object.fromEntries(names.map((name) => [name, `${root}/${name}`])), identity });
  });
  app.get('/limits', (context) =>
    context.json({ DailyApiRequests: { Max: usage.max, Remaining: usage.max - usage.used } }),
  );
}
