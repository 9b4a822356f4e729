import { html } from 'hono/html';
import { scriptsOf } from './opportunity-page.ts';
import type { PageParts } from './opportunity-page.ts';
import { readUserId } from './read-user-id.ts';
import { document, switches } from './page-view.ts';
import type { Html, Visit } from './page-view.ts';

/** A tab of the app that holds one component, such as `pilotSetup`. */
export async function appPage(
  component: string,
  title: string,
  visit: Visit,
  parts: PageParts,
): Promise<Html> {
  const userId = await readUserId(parts.orgUrl, visit.viewer);
  return document(
    visit,
    title,
    html`${switches(visit)}
      <main class="slds-m-around_medium">
        <div data-component="c:${component}" data-properties="{}"></div>
      </main>
      ${scriptsOf(null, visit, parts, userId)}`,
  );
}
