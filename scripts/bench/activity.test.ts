import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { readActivityFolder } from './activity-folder.ts';
import { averagePrecision, f1, flagScore } from './activity-scores.ts';
import { riskBins } from './calibration-chart.ts';

const BENCH = new URL('./activity.ts', import.meta.url).pathname;
const DAY_MS = 86_400_000;
const AS_OF = Date.parse('2026-11-20T00:00:00Z');

/** Twelve projects of four people that go on, eight that fell silent 16 days before the end. */
const PROJECTS = Array.from({ length: 20 }, (_, index) => ({
  key: `project-${index}`,
  silentDays: index < 8 ? 16 : 0,
}));
const REJECTED = 'e-broken,the day before,project-0,u1,src,d1,';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilot-activity-test-'));
});
after(() => rm(folder, { recursive: true }));

function events(): string[] {
  const lines = ['event_id,event_time,usage_key,user_id,feature,department,invited_by'];
  for (const { key, silentDays } of PROJECTS)
    for (let day = 70; day > silentDays; day -= 1) {
      const time = new Date(AS_OF - day * DAY_MS + 9 * 3_600_000);
      if ([0, 6].includes(time.getUTCDay())) continue;
      for (const user of [1, 2, 3, 4])
        lines.push(
          `${key}-${day}-${user},${time.toISOString().slice(0, 19)}Z,${key},${key}-u${user},src,d1,`,
        );
    }
  return lines;
}

async function bench(...args: readonly string[]) {
  const child = spawn(process.execPath, [BENCH, ...args], { cwd: folder });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

test('a folder is judged twice over HTTP, every pilot and row accounted for, beside the naive rules', async () => {
  const start = new Date(AS_OF - 70 * DAY_MS).toISOString().slice(0, 10);
  const rows = [...events(), REJECTED];
  await writeFile(join(folder, 'events.csv.gz'), gzipSync(`${rows.join('\n')}\n`));
  const pilots = PROJECTS.map(({ key }) => `${key},${start},2026-12-11,4`);
  await writeFile(
    join(folder, 'pilots.csv'),
    `usage_key,start_date,end_date,licensed_users\n${pilots.join('\n')}\n`,
  );
  const outcomes = PROJECTS.map(({ key, silentDays }) => `${key},20,4,${silentDays > 0 ? '5.0,1' : '5.1,2'}`);
  await writeFile(
    join(folder, 'outcomes.csv'),
    `usage_key,events_per_week_during,users_during,events_per_week_next_4_weeks,users_next_4_weeks\n${outcomes.join('\n')}\n`,
  );

  const { code, stdout, stderr } = await bench(folder);
  assert.equal(code, 0, stderr + stdout);
  const read = rows.length - 1;
  assert.match(stdout, /^Pilots: 20 in pilots\.csv, 20 judged, 0 left out$/m);
  assert.match(
    stdout,
    new RegExp(
      `^Events: ${read} in the file, ${read} read = ${read - 1} accepted \\+ 1 rejected \\+ 0 excluded$`,
      'm',
    ),
  );
  assert.match(
    stdout,
    new RegExp(`of those accepted ${read - 1} are in the org's usage weeks, 0 belong to no pilot, 0 `),
  );
  assert.match(stdout, /^Second sync at once: 0 created, 0 updated, \d{2,} unchanged$/m);
  assert.match(stdout, /^On track +12, 0 of them died$/m);
  assert.match(stdout, /^Stalled +8, 8 of them died$/m);
  assert.match(stdout, /^Stalled +1\.000 \(8 of 8\) +1\.000 \(8 of 8\) +1\.000$/m);
  assert.match(stdout, /^naive: idle >= 14 days +1\.000 \(8 of 8\)/m);
  assert.match(stdout, /^Risk order .* average precision 1\.000$/m);
  assert.match(stdout, /F1 of At risk or Stalled: 1\.000 \[1\.000 to 1\.000\]/);
  assert.match(stdout, /ours less it: 0\.000 \[0\.000 to 0\.000\]/);
  assert.match(
    stdout,
    /thresholds the best of 9: 1\.000 leaving out one project, 1\.000 leaving out a fifth/,
  );
  assert.match(
    stdout,
    /add up to the printed log-odds for all 20 pilots that have a risk: at most 0\.00\d apart/,
  );
  assert.match(stdout, /Off by policy.*NO_SPONSOR/);
  const chart = await readFile(join(folder, 'build/bench/activity-calibration.svg'), 'utf8');
  assert.match(chart, /^<svg [\s\S]*8 of 8[\s\S]*<\/svg>\n$/);
});

test('a call without a folder exits 2 and says how it is called', async () => {
  const { code, stderr } = await bench();
  assert.equal(code, 2);
  assert.match(stderr, /BENCH_FOLDER: [\s\S]*npm run bench:activity -- FOLDER/);
});

describe('a folder that cannot be read is refused with file and place', () => {
  const header = 'usage_key,start_date,end_date,licensed_users\n';
  const line = 'k,2026-10-01,2026-12-01,4\n';
  const outcomes =
    'usage_key,events_per_week_during,users_during,events_per_week_next_4_weeks,users_next_4_weeks\n';
  const events = { 'events.csv': 'event_id,event_time,usage_key,user_id\n' };
  const CASES = [
    { name: 'no pilots', files: events, told: /pilots\.csv is not there/ },
    { name: 'no events', files: { 'pilots.csv': header + line }, told: /neither events\.csv\.gz nor/ },
    {
      name: 'a number that is none',
      files: { ...events, 'pilots.csv': `${header}k,2026-10-01,2026-12-01,none\n` },
      told: /pilots\.csv, row 1 below the header: licensed_users/,
    },
    {
      name: 'a repeated key',
      files: { ...events, 'pilots.csv': header + line + line },
      told: /pilots\.csv has two lines for k/,
    },
    {
      name: 'a pilot without outcome',
      files: { ...events, 'pilots.csv': header + line, 'outcomes.csv': `${outcomes}other,1,1,1,1\n` },
      told: /outcomes\.csv has no line for k/,
    },
  ];
  for (const { name, files, told } of CASES)
    test(name, async () => {
      const broken = await mkdtemp(join(folder, 'broken-'));
      for (const [file, text] of Object.entries(files)) await writeFile(join(broken, file), text);
      await assert.rejects(readActivityFolder(broken, new Date(AS_OF)), (error: unknown) => {
        assert.ok(error instanceof ConfigError);
        assert.equal(error.code, 'BENCH_FOLDER');
        assert.match(error.message, told);
        return true;
      });
    });
});

describe('scores', () => {
  test('precision, recall and F1 come from the same counts', () => {
    const score = flagScore([
      { isFlagged: true, died: true },
      { isFlagged: true, died: false },
      { isFlagged: false, died: true },
      { isFlagged: false, died: true },
    ]);
    assert.deepEqual(score, { hits: 1, flagged: 2, died: 3 });
    assert.equal(f1(score), 0.4);
  });

  // scikit-learn's documented example: y_true [0, 0, 1, 1], y_scores [0.1, 0.4, 0.35, 0.8] → 0.83…
  test('average precision agrees with the documented example of scikit-learn', () => {
    const scores = [0.1, 0.4, 0.35, 0.8];
    const value = averagePrecision(scores.map((score, index) => ({ score, died: index >= 2 })));
    assert.ok(Math.abs(value! - 0.8333333333) < 1e-9);
  });

  test('equal scores are one threshold, and what has none ranks last', () => {
    const tied = [true, false, false, false].map((died) => ({ score: 1, died }));
    assert.equal(averagePrecision(tied), 0.25);
    assert.equal(averagePrecision(tied.toReversed()), 0.25);
    assert.equal(
      averagePrecision([
        { score: null, died: true },
        { score: 0, died: false },
      ]),
      0.5,
    );
    assert.equal(averagePrecision([{ score: 1, died: false }]), null);
  });

  test('risk bins hold every case, the certain one too', () => {
    const bins = riskBins([0, 0.05, 0.1, 1].map((risk) => ({ risk, died: risk === 1 })));
    assert.deepEqual(
      bins.map(({ from, pilots, died }) => [from, pilots, died]),
      [
        [0, 2, 0],
        [0.1, 1, 0],
        [0.9, 1, 1],
      ],
    );
  });
});
