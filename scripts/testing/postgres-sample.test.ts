import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { PilotFacts, ReadSummary, UsageLink } from '../domain/facts.ts';
import { makeSampleUsage } from '../sample/sample-usage.ts';
import { collect } from '../sources/contract.ts';
import { startTestCluster, type TestCluster } from '../sources/postgres/test-cluster.ts';
import type { SourceConfig } from '../sources/source-config.ts';
import { openSources } from '../sync/open-sources.ts';
import { parseConfig } from '../sync/read-config.ts';

const NOW = new Date('2026-11-18T12:00:00Z');
const SECRET = 'made-up people only';

interface Result {
  readonly facts: readonly PilotFacts[];
  readonly summary: ReadSummary;
}

/**
 * Loads a file of the sample as an export job would, every value as the text it is. A record cut short cannot be a row of a
 * table, so it is taken out of the file too; answers the path of that file.
 */
async function load(cluster: TestCluster, table: string, path: string, folder: string): Promise<string> {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const lines = text.trimEnd().split(/\r?\n/);
  const records = lines.map((line) =>
    line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((value) => value.replaceAll('"', '')),
  );
  const [header = []] = records;
  const isWhole = records.map(({ length }) => length === header.length);
  assert.ok(isWhole.filter((whole) => !whole).length <= 1);
  const kept = join(folder, `${table}-whole.csv`);
  writeFileSync(kept, lines.filter((_, index) => isWhole[index]).join('\n'));
  const rows = records.slice(1).filter((_, index) => isWhole[index + 1]);
  await cluster.run(`CREATE TABLE ${table} (${header.map((name) => `"${name}" text`).join(', ')})`);
  const arrays = header.map((_, index) => `$${index + 1}::text[]`).join(', ');
  await cluster.rows(
    `INSERT INTO ${table} SELECT * FROM unnest(${arrays})`,
    header.map((_, index) => rows.map((row) => row[index]!)),
  );
  return kept;
}

/** Everything but where rejected rows stand, which each kind of source says in its own way. */
function comparable({ facts, summary: { rejectedSample: _sample, rejectFile: _file, ...summary } }: Result) {
  return { facts, summary };
}

test('the sample gives the same facts, row by row, from files and from PostgreSQL', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pilot-sample-'));
  const cluster = await startTestCluster();
  try {
    const { files } = await makeSampleUsage({ seed: 'postgres', now: NOW, folder });
    const config = parseConfig(
      readFileSync(new URL('../../config/sync.yaml', import.meta.url), 'utf8'),
      'sync.yaml',
    );
    const run = { ...config.run, folder };
    const tables: SourceConfig[] = [];
    const inFiles: SourceConfig[] = [];
    for (const [index, source] of config.sources.entries()) {
      assert.ok(source.kind === 'files');
      inFiles.push({ ...source, paths: [await load(cluster, source.name, files[index]!, folder)] });
      const {
        paths: _paths,
        format: _format,
        delimiter: _delimiter,
        encoding: _encoding,
        ...shared
      } = source;
      tables.push({
        ...shared,
        kind: 'postgres',
        host: cluster.host,
        port: cluster.port,
        database: 'postgres',
        user: cluster.user,
        password_env: null,
        ssl: 'disable',
        schema: 'public',
        table: source.name,
        settings: {},
        statement_timeout_minutes: 5,
      });
    }
    const read = async (sources: SourceConfig[], links: readonly UsageLink[]): Promise<Result[]> => {
      const results: Result[] = [];
      for (const source of openSources({ ...config, run, sources }, SECRET, {}))
        results.push(await collect(source, { links, now: NOW }));
      return results;
    };
    // Without links every key is listed; then each key becomes a pilot of its own, in three zones.
    const keys = (await read(inFiles, [])).flatMap(({ summary }) => summary.unlinked);
    const zones = ['UTC', 'America/New_York', 'Asia/Tokyo'];
    const links = keys.map(({ source, key }, index): UsageLink => ({
      pilotId: `pilot-${index}`,
      source,
      key,
      from: null,
      to: null,
      filter: null,
      timeZone: zones[index % 3]!,
    }));
    const wanted = await read(inFiles, links);
    const found = await read(tables, links);
    assert.deepEqual(found.map(comparable), wanted.map(comparable));
    assert.ok(links.length >= 10, `${links.length} keys`);
    const days = wanted.flatMap(({ facts }) => facts.flatMap((pilot) => pilot.days));
    assert.ok(days.length > 100, `${days.length} days compared`);
    assert.ok(wanted.some(({ summary }) => summary.rejected > 0 && Object.keys(summary.excluded).length > 2));
  } finally {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
