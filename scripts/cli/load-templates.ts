import { STARTER_TEMPLATES } from '../../force-app/main/default/lwc/pilotTemplates/starterTemplates.ts';
import type { AdminOrg } from './admin-org.ts';

/** Creates the starter templates in an org that has no template at all; an admin's choice is never undone. */
export async function loadTemplates(org: AdminOrg): Promise<string> {
  const there = await org.query('SELECT Id FROM PilotTemplate__c LIMIT 1');
  if (there.length > 0) return 'Templates are there already and stay as they are.';
  const ids = await org.create(
    'PilotTemplate__c',
    STARTER_TEMPLATES.map(({ template }) => template),
  );
  const items = STARTER_TEMPLATES.flatMap((starter, index) =>
    starter.items.map((item) => ({ ...item, Template__c: ids[index] })),
  );
  for (let at = 0; at < items.length; at += 200)
    await org.create('PilotTemplateItem__c', items.slice(at, at + 200));
  return `${ids.length} starter templates with ${items.length} items are loaded.`;
}
