import { html } from 'hono/html';
import { queryOrg } from './org-client.ts';
import { document, linkTo, switches } from './page-view.ts';
import type { Html, Visit } from './page-view.ts';

// FIELDS(ALL) leaves out what the viewer may not see, and answers 200 rows at most.
const SOQL = 'SELECT FIELDS(ALL) FROM Opportunity ORDER BY Name LIMIT 200';

/** The way in: every opportunity the viewer sees, with its pilot's health. */
export async function opportunityList(orgUrl: string, visit: Visit): Promise<Html> {
  const rows = await queryOrg(orgUrl, visit.viewer, SOQL);
  return document(
    visit,
    'Opportunities',
    html`${switches(visit)}
      <main class="slds-card slds-m-around_medium slds-p-around_medium">
        <h1 class="slds-text-heading_medium slds-m-bottom_small">Opportunities</h1>
        <p class="slds-m-bottom_small">
          <a href="${linkTo(visit, { path: '/portfolio' })}">Portfolio</a> ·
          <a href="${linkTo(visit, { path: '/learning' })}">What converts</a> ·
          <a href="${linkTo(visit, { path: '/setup' })}">Setup page</a>
        </p>
        <div class="scrolls" tabindex="0" role="region" aria-label="Opportunities">
          <table class="slds-table slds-table_bordered">
            <thead>
              <tr>
                ${['Opportunity', 'Stage', 'Pilot', 'In words'].map((title) => html`<th scope="col">${title}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${rows.map(
                (row) =>
                  html`<tr>
                    <th scope="row">
                      <a href="${linkTo(visit, { path: `/opportunity/${String(row['Id'])}` })}"
                        >${row['Name']}</a
                      >
                    </th>
                    <td>${row['StageName']}</td>
                    <td>${row['Pilot_Health__c'] ?? ''}</td>
                    <td class="words">${row['Pilot_Stall_Reason__c'] ?? ''}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </main>`,
  );
}
