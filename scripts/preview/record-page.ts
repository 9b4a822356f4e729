import { html } from 'hono/html';
import { scriptsOf } from './opportunity-page.ts';
import type { PageParts } from './opportunity-page.ts';
import { queryOrg } from './org-client.ts';
import { document, framed, switches } from './page-view.ts';
import type { Html, Visit } from './page-view.ts';
import { readUserId } from './read-user-id.ts';

/** A record of `objectApiName` whose page holds one component. */
export interface RecordPlace {
  readonly objectApiName: 'Account' | 'Pilot__c';
  readonly recordId: string;
  readonly component: string;
}

/** The record's page; null when the viewer sees no such record. */
export async function recordPage(place: RecordPlace, visit: Visit, parts: PageParts): Promise<Html | null> {
  const soql = `SELECT Name FROM ${place.objectApiName} WHERE Id = '${place.recordId}' LIMIT 1`;
  const [record] = await queryOrg(parts.orgUrl, visit.viewer, soql);
  if (!record) return null;
  const name = String(record['Name']);
  if (visit.width !== null) return framed(name, visit);
  const userId = await readUserId(parts.orgUrl, visit.viewer);
  return document(
    visit,
    name,
    html`${switches(visit)}
      <main class="slds-m-around_medium">
        <header class="slds-card slds-p-around_medium">
          <h1 class="slds-text-heading_medium">${name}</h1>
        </header>
        <div data-component="c:${place.component}" data-properties="{}"></div>
      </main>
      ${scriptsOf(place, visit, parts, userId)}`,
  );
}
