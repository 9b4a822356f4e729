import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { STARTER_TEMPLATES } from '../../force-app/main/default/lwc/pilotTemplates/starterTemplates.ts';
import { parseConfig } from '../sync/read-config.ts';

const items = STARTER_TEMPLATES.flatMap(({ template, items: all }) =>
  all.map((item) => ({ template: template.Name, ...(item as Record<string, unknown>) })),
);

it('a template criterion that names a metric names one that the shipped configuration defines', () => {
  const file = new URL('../../config/sync.yaml', import.meta.url);
  const { metrics } = parseConfig(readFileSync(file, 'utf8'), 'sync.yaml');
  const defined = metrics.map(({ name }) => name);
  const measured = items.filter((item) => 'Metric__c' in item) as {
    Metric__c?: string;
    Window__c?: string;
  }[];
  assert.ok(measured.length >= 6);
  for (const { Metric__c, Window__c } of measured) {
    assert.ok(defined.includes(Metric__c!), Metric__c);
    // A blank window is the whole pilot, which is not what "a week" means.
    assert.ok(Window__c, Metric__c);
  }
});

it('every template that counts people has a criterion that measures itself', () => {
  const measured = items.filter((item) => 'Metric__c' in item).map(({ template }) => template);
  const without = STARTER_TEMPLATES.map(({ template }) => template.Name).filter(
    (name) => !measured.includes(name),
  );
  // A technical proof asks what works, not how many people came.
  assert.deepEqual(without, ['Technical POC']);
});
