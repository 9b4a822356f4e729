import type { Hono } from 'hono';
import { baseUrl } from './oauth.ts';
import type { OrgEnv, Services } from './services.ts';

const SEASONS = ['Winter', 'Spring', 'Summer'];
/** @salesforce/core asks for v51.0 while it logs in, whatever version it uses afterwards. */
const OLDEST = 50;
const NEWEST = 67;

/** `Winter '21` is 50; three releases a year. */
const RELEASES = Array.from({ length: NEWEST - OLDEST + 1 }, (_, index) => ({
  label: `${SEASONS[index % 3]} '${21 + Math.floor(index / 3)}`,
  url: `/services/data/v${OLDEST + index}.0`,
  version: `${OLDEST + index}.0`,
}));

export const isKnownVersion = (version: string): boolean =>
  RELEASES.some((release) => release.version === version);

export function versionRoutes(app: Hono<OrgEnv>): void {
  app.get('/services/data', (context) => context.json(RELEASES));
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
