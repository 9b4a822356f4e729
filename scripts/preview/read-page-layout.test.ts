import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readPageLayout } from './read-page-layout.ts';

const item = (
  name: string,
  properties: Readonly<Record<string, string>> = {},
): string => `<itemInstances><componentInstance>
  ${Object.entries(properties)
    .map(
      ([key, value]) =>
        `<componentInstanceProperties><name>${key}</name><value>${value}</value></componentInstanceProperties>`,
    )
    .join('')}<componentName>${name}</componentName></componentInstance></itemInstances>`;
const region = (name: string, type: string, items: string): string =>
  `<flexiPageRegions>${items}<name>${name}</name><type>${type}</type></flexiPageRegions>`;

function read(t: { after(work: () => void): void }, regions: string): ReturnType<typeof readPageLayout> {
  const folder = mkdtempSync(join(tmpdir(), 'layout-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'page.xml');
  writeFileSync(file, `<FlexiPage>${regions}</FlexiPage>`);
  return readPageLayout(file);
}

test('regions come in order with the properties of their components, and tabs hold their facets', (t) => {
  const regions =
    region('header', 'Region', item('force:highlightsPanel')) +
    region('Facet-1', 'Facet', item('c:pilotPanel', { hideCriteria: 'true' })) +
    region('main', 'Region', item('flexipage:tab', { body: 'Facet-1' }));
  const panel = { name: 'c:pilotPanel', properties: { hideCriteria: 'true' }, inside: [] };
  assert.deepEqual(read(t, regions), [
    { name: 'header', components: [{ name: 'force:highlightsPanel', properties: {}, inside: [] }] },
    {
      name: 'main',
      components: [{ name: 'flexipage:tab', properties: { body: 'Facet-1' }, inside: [panel] }],
    },
  ]);
});

test('a facet that holds itself is refused', (t) => {
  const endless =
    region('Facet-1', 'Facet', item('flexipage:tab', { body: 'Facet-1' })) +
    region('main', 'Region', item('flexipage:tab', { body: 'Facet-1' }));
  assert.throws(() => read(t, endless), /region Facet-1 is nested more than 10 levels deep/);
});
