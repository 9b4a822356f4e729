import type { Operation } from 'c/pilotSave';
import type { StarterTemplate } from './starterTemplates';

/** The template, then its items. */
export function templateOperations({ template, items }: StarterTemplate): Operation[] {
  return [
    { alias: 'template', object: 'PilotTemplate__c', fields: template },
    ...items.map((fields, index) => ({
      alias: `item${index + 1}`,
      object: 'PilotTemplateItem__c',
      fields: { ...fields, Template__c: '@{template}' },
    })),
  ];
}
