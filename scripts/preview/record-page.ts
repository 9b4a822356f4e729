import { html } from 'hono/html';
import { scriptsOf } from './opportunity-page.ts';
import type { PageParts } from './opportunity-page.ts';
import { document, framed, switches } from './page-view.ts';
import type { Html, Visit } from './page-view.ts';
import { readUserId } from './read-user-id.ts';

/** A record of `objectApiName` whose page holds one component. */
export interface RecordPlace {
  readonly objectApiName: 'Account' | 'Pilot__c';
  readonly recordId: string;
  readonly component: string;
}

const TITLES = { Account: 'Account', Pilot__c: 'Pilot' } as const;

/** The record's page; what the viewer may not see, the component says. */
export async function recordPage(place: RecordPlace, visit: Visit, parts: PageParts): Promise<Html> {
  const title = TITLES[place.objectApiName];
  if (visit.width !== null) return framed(title, visit);
  const userId = await readUserId(parts.orgUrl, visit.viewer);
  return document(
    visit,
    title,
    html`${switches(visit)}
      <main class="slds-m-around_medium">
        <h1 class="slds-text-heading_medium slds-m-bottom_small">${title}</h1>
        <div data-component="c:${place.component}" data-properties="{}"></div>
      </main>
      ${scriptsOf(place, visit, parts, userId)}`,
  );
}
