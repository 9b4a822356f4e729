import { html } from 'hono/html';
import { scriptsOf } from './opportunity-page.ts';
import type { PageParts } from './opportunity-page.ts';
import { readUserId } from './read-user-id.ts';
import { document, switches } from './page-view.ts';
import type { Html, Visit } from './page-view.ts';

/** The tab of the app that an admin opens after the install. */
export async function setupPage(visit: Visit, parts: PageParts): Promise<Html> {
  const userId = await readUserId(parts.orgUrl, visit.viewer);
  return document(
    visit,
    'Pilot Setup',
    html`${switches(visit)}
      <main class="slds-m-around_medium">
        <div data-component="c:pilotSetup" data-properties="{}"></div>
      </main>
      ${scriptsOf(null, visit, parts, userId)}`,
  );
}
