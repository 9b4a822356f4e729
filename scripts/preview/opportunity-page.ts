import { html, raw } from 'hono/html';
import type { Labels } from './read-labels.ts';
import type { PlacedComponent, Region } from './read-page-layout.ts';
import { queryOrg } from './org-client.ts';
import { readUserId } from './read-user-id.ts';
import { document, framed, linkTo, switches } from './page-view.ts';
import type { Html, Visit } from './page-view.ts';

export interface PageParts {
  readonly orgUrl: string;
  readonly layout: readonly Region[];
  readonly labels: Labels;
  /** Folders of the page's and the base components' files below /assets; their names hold a hash. */
  readonly builds: readonly [page: string, base: string];
  readonly components: readonly string[];
  /** What the org's clock shows minus what the machine's shows. */
  readonly clockOffsetMs: number;
  readonly timeZone: string;
}

const DETAILS = {
  Stage: 'StageName',
  'Close date': 'CloseDate',
  Amount: 'Amount',
  'Pilot health': 'Pilot_Health__c',
  'Pilot stalled since': 'Pilot_Stalled_Since__c',
  'Pilot stall reason': 'Pilot_Stall_Reason__c',
  'Pilot active users': 'Pilot_Active_Users__c',
  'Pilot criteria met': 'Pilot_Criteria_Met__c',
  'Pilot decision date': 'Pilot_Decision_Date__c',
} as const;

/** The record page; null when the viewer sees no such opportunity. */
export async function opportunityPage(id: string, visit: Visit, parts: PageParts): Promise<Html | null> {
  const soql = `SELECT FIELDS(ALL) FROM Opportunity WHERE Id = '${id}' LIMIT 1`;
  const [record] = await queryOrg(parts.orgUrl, visit.viewer, soql);
  if (!record) return null;
  const name = String(record['Name']);
  if (visit.width !== null) return framed(name, visit);
  const userId = await readUserId(parts.orgUrl, visit.viewer);
  return document(
    visit,
    name,
    html`${switches(visit, accountLink(record, visit))}
      <main class="record">
        ${parts.layout.map((region) => regionView(region, record, parts.components))}
      </main>
      ${scriptsOf({ objectApiName: 'Opportunity', recordId: id }, visit, parts, userId)}`,
  );
}

/** Which record a page is about. */
export interface PageRecord {
  readonly objectApiName: string;
  readonly recordId: string;
}

/** The end of a page with components: their settings, their scripts, and a place for what they say. */
export function scriptsOf(record: PageRecord | null, visit: Visit, parts: PageParts, userId: string): Html {
  const [page, base] = parts.builds;
  return html`<div id="notices" aria-live="polite"></div>
    <script type="application/json" id="preview-settings">
      ${raw(settingsOf(record, visit, parts, userId))}
    </script>
    <script type="module" src="/assets/${page}/settings.js"></script>
    <link rel="modulepreload" href="/assets/${base}/base.js" />
    <script type="module" src="/assets/${page}/record-page.js"></script>`;
}

function settingsOf(record: PageRecord | null, visit: Visit, parts: PageParts, userId: string): string {
  const settings = {
    recordId: record?.recordId ?? null,
    objectApiName: record?.objectApiName ?? null,
    apiBase: `/as/${encodeURIComponent(visit.viewer.key)}`,
    labels: parts.labels,
    lang: visit.language,
    // The language's most common formats; a user of an org has a locale of their own.
    locale: { en: 'en-US', es: 'es-ES' }[visit.language],
    currency: 'USD',
    timeZone: parts.timeZone,
    clockOffsetMs: parts.clockOffsetMs,
    userId,
    permissions: visit.viewer.customPermissions,
  };
  // A label that holds `</script>` must not end the element.
  return JSON.stringify(settings).replaceAll('<', '\\u003c');
}

function accountLink({ AccountId: account }: Record<string, unknown>, visit: Visit): Html | string {
  if (typeof account !== 'string') return '';
  const url = linkTo(visit, { path: `/account/${account}` });
  return html`<a class="choice" href="${url}">The account’s page</a>`;
}

function regionView(region: Region, record: Record<string, unknown>, components: readonly string[]): Html {
  const views = region.components.map((component) => componentView(component, record, components));
  return html`<div class="region" data-region="${region.name}">${views}</div>`;
}

function componentView(
  component: PlacedComponent,
  record: Record<string, unknown>,
  components: readonly string[],
): Html {
  const { name, properties, inside } = component;
  if (name.startsWith('c:')) {
    if (!components.includes(name.slice(2)))
      throw new Error(`The page holds ${name}, which is no exposed component.`);
    return html`<div data-component="${name}" data-properties="${JSON.stringify(properties)}"></div>`;
  }
  if (inside.length > 0) return html`${inside.map((one) => componentView(one, record, components))}`;
  if (name === 'force:highlightsPanel') {
    return html`<header class="slds-card slds-p-around_medium">
      <p>Opportunity</p>
      <h1 class="slds-text-heading_medium">${record['Name']}</h1>
      <p>${[record['StageName'], record['CloseDate']].filter(Boolean).join(' · ')}</p>
    </header>`;
  }
  if (name === 'force:detailPanel') {
    return html`<section class="slds-card slds-p-around_medium" aria-label="Details">
      <h2 class="slds-text-heading_small slds-m-bottom_small">Details</h2>
      <dl class="details">
        ${Object.entries(DETAILS).map(
          ([label, field]) =>
            html`<div>
              <dt>${label}</dt>
              <dd>${record[field] ?? ''}</dd>
            </div>`,
        )}
      </dl>
    </section>`;
  }
  return html`<p class="elsewhere slds-card slds-p-around_medium">
    ${name}: shown by Salesforce, not by this preview.
  </p>`;
}
