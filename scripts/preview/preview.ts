// The opportunity page in a browser over the local org. Speaks HTTP to the org and holds the login, so that
// no token reaches the page.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { buildPage } from './build-page.ts';
import type { BuiltPage } from './build-page.ts';
import type { BundleCompiler } from './load-compiled.ts';
import { opportunityList } from './opportunity-list.ts';
import { opportunityPage } from './opportunity-page.ts';
import type { PageParts } from './opportunity-page.ts';
import { forwardToOrg } from './org-client.ts';
import type { Viewer } from './org-client.ts';
import type { Visit } from './page-view.ts';
import { LANGUAGES, readLabels } from './read-labels.ts';
import type { Language } from './read-labels.ts';
import { appPage } from './app-page.ts';
import { readPageLayout } from './read-page-layout.ts';
import { recordPage } from './record-page.ts';
import type { RecordPlace } from './record-page.ts';

export type { Viewer } from './org-client.ts';

export interface PreviewOptions {
  /** `http://127.0.0.1:…` of the local org. */
  readonly orgUrl: string;
  /** Who may look at the page; the first is shown unless the address says `?user=key`. */
  readonly viewers: readonly [Viewer, ...Viewer[]];
  /** 0 takes any free port. */
  readonly port: number;
  /** What the org's clock shows minus what the machine's shows; 0 when the org has no clock of its own. */
  readonly clockOffsetMs: number;
  /** IANA zone of the viewers. */
  readonly timeZone: string;
  /** One line for whatever takes longer than a second. */
  readonly progress: (line: string) => void;
  /** Compiles the package's components instead of the open-source compiler. */
  readonly compiler?: BundleCompiler | undefined;
}

export interface Preview {
  readonly url: string;
  readonly close: () => Promise<void>;
}

type Asset = Uint8Array<ArrayBuffer>;

const ROOT = join(import.meta.dirname, '../..');
const FLEXIPAGE = 'force-app/page/default/flexipages/Opportunity_with_Pilot.flexipage-meta.xml';
const SLDS =
  'node_modules/@salesforce-ux/design-system/assets/styles/salesforce-lightning-design-system.min.css';

/** Builds the page if its sources changed, and serves it on 127.0.0.1. Rejects when the port is taken. */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const built = await buildPage(ROOT, options.progress, options.compiler);
  const files = await readBuilds(built);
  const layout = readPageLayout(join(ROOT, FLEXIPAGE));
  const labels = Object.fromEntries(LANGUAGES.map((language) => [language, readLabels(ROOT, language)]));
  const partsFor = (language: Language): PageParts => ({
    ...options,
    layout,
    labels: labels[language]!,
    builds: built.builds,
    components: built.components,
  });

  const app = new Hono();
  const showRecord = async (context: Context, place: RecordPlace): Promise<Response> => {
    const visit = visitOf(context, options.viewers);
    return context.html(await recordPage(place, visit, partsFor(visit.language)));
  };
  app.use(refuseStrangers);
  app.get('/', async (context) => {
    return context.html(await opportunityList(options.orgUrl, visitOf(context, options.viewers)));
  });
  app.get('/opportunity/:id{[a-zA-Z0-9]{15,18}}', async (context) => {
    const visit = visitOf(context, options.viewers);
    const page = await opportunityPage(context.req.param('id'), visit, partsFor(visit.language));
    return page === null
      ? context.text('No such opportunity, or this user may not see it.', 404)
      : context.html(page);
  });
  app.get('/account/:id{[a-zA-Z0-9]{15,18}}', (context) =>
    showRecord(context, {
      objectApiName: 'Account',
      recordId: context.req.param('id'),
      component: 'pilotLandscape',
    }),
  );
  app.get('/pilot/:id{[a-zA-Z0-9]{15,18}}', (context) =>
    showRecord(context, {
      objectApiName: 'Pilot__c',
      recordId: context.req.param('id'),
      component: 'pilotNetwork',
    }),
  );
  app.get('/setup', async (context) => {
    const visit = visitOf(context, options.viewers);
    return context.html(await appPage('pilotSetup', 'Pilot Setup', visit, partsFor(visit.language)));
  });
  app.get('/portfolio', async (context) => {
    const visit = visitOf(context, options.viewers);
    return context.html(await appPage('pilotPortfolio', 'Pilot Portfolio', visit, partsFor(visit.language)));
  });
  app.get('/learning', async (context) => {
    const visit = visitOf(context, options.viewers);
    return context.html(await appPage('pilotLearning', 'Pilot Learning', visit, partsFor(visit.language)));
  });
  app.get('/assets/slds.css', (context) => sendFile(context, join(ROOT, SLDS), 'text/css'));
  app.get('/assets/preview.css', (context) =>
    sendFile(context, join(import.meta.dirname, 'preview.css'), 'text/css'),
  );
  app.get('/assets/:build/:file', (context) => {
    const bytes = files.get(`${context.req.param('build')}/${context.req.param('file')}`);
    return bytes ? sendAsset(context, bytes, 'text/javascript') : context.notFound();
  });
  app.all('/as/:user/services/data/*', async (context) => {
    const viewer = options.viewers.find((one) => one.key === context.req.param('user'));
    if (!viewer)
      return context.json([{ errorCode: 'NOT_FOUND', message: 'No such user in this preview.' }], 404);
    const url = new URL(context.req.url);
    const path = url.pathname.slice(url.pathname.indexOf('/services/')) + url.search;
    return forwardToOrg(options.orgUrl, viewer, context.req.raw, path);
  });
  app.onError((error, context) =>
    context.text(`The preview could not show this page.\n${error.message}`, 500),
  );
  return listen(app, options.port);
}

/** A page of another origin, or a name that only pretends to be this machine, gets no answer. */
async function refuseStrangers(context: Context, next: () => Promise<void>): Promise<Response | undefined> {
  const { host } = new URL(context.req.url);
  const origin = context.req.header('origin');
  const isHere = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(context.req.header('host') ?? '');
  if (!isHere || (origin !== undefined && new URL(origin).host !== host)) {
    return context.text('This preview answers only its own pages on this machine.', 403);
  }
  await next();
  return undefined;
}

/** Kept in memory: an old build may be removed while its preview runs. */
async function readBuilds({ folder, builds }: BuiltPage): Promise<ReadonlyMap<string, Asset>> {
  const names = builds.flatMap((build) => readdirSync(join(folder, build)).map((file) => `${build}/${file}`));
  const read = async (name: string) => [name, new Uint8Array(await readFile(join(folder, name)))] as const;
  return new Map(await Promise.all(names.map(read)));
}

async function sendFile(context: Context, file: string, type: string): Promise<Response> {
  return sendAsset(context, new Uint8Array(await readFile(file)), type);
}

function sendAsset(context: Context, bytes: Asset, type: string): Response {
  // A build's address holds its hash; the style sheets change with an upgrade alone.
  return context.body(bytes, 200, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'max-age=3600',
  });
}

function visitOf(context: Context, viewers: PreviewOptions['viewers']): Visit {
  const { user, lang, width } = context.req.query();
  return {
    viewer: viewers.find((viewer) => viewer.key === user) ?? viewers[0],
    viewers,
    language: LANGUAGES.find((language) => language === lang) ?? 'en',
    width: width !== undefined && /^\d{3,4}$/.test(width) ? Number(width) : null,
    path: context.req.path,
  };
}

function listen(app: Hono, port: number): Promise<Preview> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address) => {
      resolve({
        url: `http://127.0.0.1:${address.port}`,
        close: () =>
          new Promise((done, failed) => {
            server.close((error) => (error ? failed(error) : done()));
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.on('error', reject);
  });
}
