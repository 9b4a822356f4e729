import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { parseConfig, readConfig } from './read-config.ts';

const SOURCE =
  'sources:\n  - name: product\n    kind: files\n    paths: [usage.csv]\n    columns: { user_id: user }\n';

test('needs nothing but a source; the rest has defaults', () => {
  const config = parseConfig(SOURCE, 'sync.yaml');
  assert.equal(config.language, 'en');
  assert.equal(config.run.lease_minutes, 15);
  assert.equal(config.salesforce.target_org, null);
});

test('the shipped configuration is valid', async () => {
  const config = await readConfig(new URL('../../config/sync.yaml', import.meta.url).pathname);
  assert.deepEqual(
    config.sources.map((source) => source.name),
    ['product', 'on_prem', 'mobile'],
  );
});

const WRONG = [
  {
    name: 'a key that is misspelt',
    text: `${SOURCE}langage: en\n`,
    line: 'sync.yaml:6 langage: is not a key of this file',
  },
  {
    name: 'a value that is none of the choices',
    text: `${SOURCE}language: fr\n`,
    line: 'sync.yaml:6 language: ',
  },
  {
    name: 'a value inside a list',
    text: SOURCE.replace('kind: files', 'kind: fles'),
    line: 'sync.yaml:3 sources.0.kind: ',
  },
  {
    name: 'a missing key, at the place where it belongs',
    text: SOURCE.replace('    paths: [usage.csv]\n', ''),
    line: 'sync.yaml:2 sources.0.paths: ',
  },
  {
    name: 'a zone that does not exist',
    text: `${SOURCE}time_zone: Berlin\n`,
    line: 'sync.yaml:6 time_zone: is not an IANA time zone',
  },
  {
    name: 'an org id that is none',
    text: `${SOURCE}salesforce:\n  org_id: 12\n`,
    line: 'sync.yaml:7 salesforce.org_id: ',
  },
  {
    name: 'a name used twice',
    text: `${SOURCE}${SOURCE.slice('sources:\n'.length)}`,
    line: 'sync.yaml:6 sources.1.name: "product" is used twice',
  },
  {
    name: 'a list of files that names none',
    text: SOURCE.replace('[usage.csv]', '[]'),
    line: 'sync.yaml:4 sources.0.paths: must name at least one file, folder or pattern',
  },
  {
    name: 'a file without a name',
    text: SOURCE.replace('[usage.csv]', '[""]'),
    line: 'sync.yaml:4 sources.0.paths.0: must not be empty',
  },
  {
    name: 'an empty list of sources',
    text: 'sources: []\n',
    line: 'sync.yaml:1 sources: must describe at least one source of usage',
  },
  {
    name: 'a metric of no source',
    text: `${SOURCE}metrics:\n  - { name: m, fn: count, sources: [] }\n`,
    line: 'sync.yaml:7 metrics.0.sources: must name at least one source; leave the key out for all of them',
  },
  {
    name: 'a condition on none of many values',
    text: `${SOURCE}metrics:\n  - { name: m, fn: count, where: [{ column: event, op: in, value: [] }] }\n`,
    line: 'sync.yaml:7 metrics.0.where.0.value: must hold at least one value',
  },
  {
    name: 'a command without a program',
    text: `${SOURCE}notify:\n  alert_command: []\n`,
    line: 'sync.yaml:7 notify.alert_command: must name the program to start; leave the key out where there is none',
  },
  { name: 'no source at all', text: 'language: en\n', line: 'sync.yaml:1 sources: ' },
  { name: 'an empty file', text: '', line: 'sync.yaml:1 sources: ' },
  { name: 'broken YAML', text: 'sources: [\n', line: 'sync.yaml:' },
  {
    name: 'a metric of an unknown source',
    text: `${SOURCE}metrics:\n  - { name: m, fn: count, sources: [prod] }\n`,
    line: 'sync.yaml:7 metrics.0.sources: there is no source "prod"',
  },
];

for (const { name, text, line } of WRONG) {
  test(`names file, line and key of ${name}`, () => {
    assert.throws(
      () => parseConfig(text, 'sync.yaml'),
      (error) =>
        error instanceof ConfigError && error.code === 'CONFIG_INVALID' && error.message.includes(line),
    );
  });
}

test('lists every mistake at once', () => {
  const text = `${SOURCE}language: fr\ntime_zone: Berlin\n`;
  assert.throws(
    () => parseConfig(text, 'sync.yaml'),
    (error) => error instanceof ConfigError && error.message.startsWith('The configuration has 2 mistakes'),
  );
});

test('a file that is not there says how to name another', async () => {
  await assert.rejects(readConfig('nowhere/sync.yaml'), { code: 'CONFIG_NOT_FOUND', kind: 'config' });
});
