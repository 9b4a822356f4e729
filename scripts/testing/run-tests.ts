// `npm test`: every suite in order, seconds per suite, and the promise that no tracked test file stayed behind.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { runCommand } from './run-command.ts';
import { runNodeTests } from './run-node-tests.ts';
import { testFilesSeen } from './tests-seen.ts';

interface Suite {
  readonly name: string;
  /** What it said, unless it said it while it ran, and whether it is green. */
  run(): Promise<{ readonly ok: boolean; readonly said?: string }>;
}

const root = process.cwd();
const resultsFolder = 'build/test-results';
const LANES = 2;
const tracked = trackedTests();
const isPage = (file: string): boolean => file.startsWith('force-app/');
const isBrowser = (file: string): boolean => file.startsWith('scripts/preview/');
// Whole nights, whole commands: the longest files begin, so that none of them runs alone at the end.
const LONG = [
  'scripts/testing/torture/',
  'scripts/testing/',
  'scripts/sources/cache/',
  'scripts/cli/',
  'scripts/preview/wizard',
];
const rank = (file: string): number => {
  const place = LONG.findIndex((folder) => file.startsWith(folder));
  return place < 0 ? LONG.length : place;
};

const command = (name: string, program: string, ...args: string[]): Suite => ({
  name,
  run: () => runCommand(program, args),
});
const nodeTests = (name: string, files: readonly string[]): Suite => ({
  name,
  run: async () => {
    const ordered = files.toSorted((a, b) => rank(a) - rank(b));
    return { ok: await runNodeTests(ordered, LANES, `${resultsFolder}/${name}.jsonl`) };
  },
});

/** One stage after the other; the suites of a stage beside each other, each on one core, the longest first. */
const stages: readonly (readonly Suite[])[] = [
  [
    command('types', 'tsc', '-p', 'scripts'),
    // What follows this stage reads the components' JavaScript.
    command('page-build', 'tsc', '-p', 'force-app/main/default/lwc'),
    command('lint', 'eslint', '--config', 'config/eslint.config.js', '--max-warnings', '0', '.'),
  ],
  [
    command(
      'components',
      'jest',
      '--runInBand',
      '--json',
      `--outputFile=${resultsFolder}/components.json`,
      ...tracked.filter(isPage),
    ),
    command('page-bundle', 'node', 'scripts/testing/bundle-page.ts'),
    command('format', 'prettier', '--check', '--log-level', 'warn', '.'),
    command('verify', 'node', 'scripts/package/verify.ts'),
  ],
  [
    nodeTests(
      'node',
      tracked.filter((file) => !isPage(file) && !isBrowser(file)),
    ),
  ],
  [nodeTests('browser', tracked.filter(isBrowser))],
];

rmSync(resultsFolder, { recursive: true, force: true });
mkdirSync(resultsFolder, { recursive: true });
// For this process's children and theirs. Kept by the content of each file, so a changed one is compiled anew.
// https://nodejs.org/api/module.html#module-compile-cache
process.env['NODE_COMPILE_CACHE'] ??= resolve('build/compile-cache');
const wanted = process.argv.slice(2);
const suites = stages.flat();
const isChosen = ({ name }: Suite): boolean => wanted.length === 0 || wanted.includes(name);
if (!suites.some(isChosen))
  throw new Error(
    `No suite is called ${wanted.join(', ')}. Suites: ${suites.map(({ name }) => name).join(', ')}.`,
  );

const outcomes: { name: string; seconds: number; ok: boolean }[] = [];
for (const stage of stages) {
  const waiting = stage.filter(isChosen);
  await Promise.all(Array.from({ length: LANES }, () => runLane(waiting)));
}
report();

/** Takes suites from the front until none is left. */
async function runLane(waiting: Suite[]): Promise<void> {
  for (let suite = waiting.shift(); suite !== undefined; suite = waiting.shift()) {
    const began = performance.now();
    console.log(`\n▶ ${suite.name}`);
    const { ok, said = '' } = await suite.run();
    const seconds = (performance.now() - began) / 1000;
    if (said !== '') console.log(`\n◀ ${suite.name}\n${said}`);
    outcomes.push({ name: suite.name, seconds, ok });
  }
}

function report(): void {
  console.log('\nseconds  suite');
  for (const { name, seconds, ok } of outcomes) {
    console.log(`${seconds.toFixed(1).padStart(7)}  ${name}${ok ? '' : '  FAILED'}`);
  }
  const failedSuites = outcomes.filter((outcome) => !outcome.ok).length;
  const seen = testFilesSeen(resultsFolder, root);
  const forgotten = wanted.length > 0 ? [] : tracked.filter((file) => !seen.files.has(file));
  for (const file of forgotten) console.log(`not run: ${file}`);
  for (const name of seen.failures) console.log(`failed: ${name}`);
  for (const name of seen.skips) console.log(`skipped: ${name}`);
  const slowest = [...seen.files].sort(([, a], [, b]) => b - a).slice(0, 8);
  for (const [file, seconds] of slowest) console.log(`${seconds.toFixed(1).padStart(7)}  ${file}`);
  console.log(`${seen.files.size} of ${tracked.length} tracked test files ran`);
  console.log(`${seen.passed} passed, ${seen.failures.length} failed, ${seen.skips.length} skipped`);
  const isGreen =
    failedSuites === 0 && forgotten.length === 0 && seen.failures.length === 0 && seen.skips.length === 0;
  process.exitCode = isGreen ? 0 : 1;
}

/** Test files git knows, or new ones about to be committed; a file git ignores is not a test of ours. */
function trackedTests(): string[] {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.test.ts'], {
    encoding: 'utf8',
  });
  return list
    .split('\n')
    .filter((file) => file !== '' && existsSync(file))
    .map((file) => relative(root, file))
    .sort();
}
