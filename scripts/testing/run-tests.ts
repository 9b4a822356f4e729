// `npm test`: every suite in order, seconds per suite, and the promise that no tracked test file stayed behind.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { testFilesSeen } from './tests-seen.ts';

interface Suite {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const root = process.cwd();
const LONGEST_MS = 40 * 60_000;
const resultsFolder = 'build/test-results';
const tracked = trackedTests();
const isPage = (file: string): boolean => file.startsWith('force-app/');
const isBrowser = (file: string): boolean => file.startsWith('scripts/preview/');
const nodeTests = (files: readonly string[], name: string): Suite => ({
  name,
  command: 'node',
  args: [
    '--test',
    '--test-concurrency=2',
    '--test-reporter=dot',
    '--test-reporter-destination=stdout',
    `--test-reporter=${root}/scripts/testing/failures-reporter.ts`,
    `--test-reporter-destination=${resultsFolder}/${name}.jsonl`,
    ...files,
  ],
});

const suites: readonly Suite[] = [
  { name: 'types', command: 'tsc', args: ['-p', 'scripts'] },
  { name: 'page-build', command: 'tsc', args: ['-p', 'force-app/main/default/lwc'] },
  {
    name: 'lint',
    command: 'eslint',
    args: ['--config', 'config/eslint.config.js', '--max-warnings', '0', '.'],
  },
  { name: 'format', command: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'verify', command: 'node', args: ['scripts/package/verify.ts'] },
  nodeTests(
    tracked.filter((file) => !isPage(file) && !isBrowser(file)),
    'node',
  ),
  {
    name: 'components',
    command: 'jest',
    args: ['--json', `--outputFile=${resultsFolder}/components.json`, ...tracked.filter(isPage)],
  },
  nodeTests(tracked.filter(isBrowser), 'browser'),
];

rmSync(resultsFolder, { recursive: true, force: true });
mkdirSync(resultsFolder, { recursive: true });
const wanted = process.argv.slice(2);
const chosen = wanted.length > 0 ? suites.filter((suite) => wanted.includes(suite.name)) : suites;
if (chosen.length === 0)
  throw new Error(
    `No suite is called ${wanted.join(', ')}. Suites: ${suites.map((s) => s.name).join(', ')}.`,
  );

const outcomes: { name: string; seconds: number; ok: boolean }[] = [];
for (const suite of chosen) {
  const began = performance.now();
  console.log(`\n▶ ${suite.name}`);
  const ok = (await run(suite)) === 0;
  outcomes.push({ name: suite.name, seconds: (performance.now() - began) / 1000, ok });
}
report();

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

function run(suite: Suite): Promise<number> {
  return new Promise((resolve) => {
    const local = `node_modules/.bin/${suite.command}`;
    const child = spawn(existsSync(local) ? local : suite.command, suite.args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      // A failed test may leave its server open, and with it its process. Node's own way out, --test-force-exit,
      // lost the results of a whole file once.
      timeout: LONGEST_MS,
    });
    child.on('exit', (code) => resolve(code ?? 1));
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
  });
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
