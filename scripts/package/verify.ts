// `npm run verify`: everything that can be known of the package without an org.
// `--mutations` breaks a small package in every known way and prints what nobody noticed;
// `--corpus DIR` runs the platform's rules over other people's projects below DIR.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { OrgModel } from '../metadata/model.ts';
import { PROJECT_DIR } from './build-zip.ts';
import { PACKAGE_ROOTS } from './package-roots.ts';
import { checkProjectFiles, SCRATCH_DEFINITION } from './project-schema.ts';
import { readProject } from './read-project.ts';
import { formatProblem, verifyPackage, type Verdict } from './verify-package.ts';

/** Verifies force-app: the core alone, then what is optional, each laid over the core. */
export function verifyProject(): Verdict {
  const verdicts: Verdict[] = [];
  let core: OrgModel | undefined;
  for (const root of Object.values(PACKAGE_ROOTS)) {
    const { files } = readProject(PROJECT_DIR, [root]);
    const verdict = verifyPackage(files, core === undefined ? {} : { base: core });
    core ??= verdict.model;
    verdicts.push(verdict);
  }
  const counts = new Map<string, number>();
  for (const [type, count] of verdicts.flatMap((each) => [...each.counts]))
    counts.set(type, (counts.get(type) ?? 0) + count);
  const scratch = readFileSync(join(PROJECT_DIR, SCRATCH_DEFINITION), 'utf8');
  const problems = [
    ...checkProjectFiles(new Map([[SCRATCH_DEFINITION, scratch]])),
    ...verdicts.flatMap((each) => each.problems),
  ];
  return { ...verdicts[0]!, problems, counts };
}

function verifyAndPrint(): number {
  const { problems, counts, rules } = verifyProject();
  for (const problem of problems) console.log(formatProblem(problem));
  if (problems.length > 0) {
    console.log(
      `\n${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${new Set(problems.map((each) => each.file)).size} files.`,
    );
    return 1;
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const listed = [...counts].sort().map(([type, count]) => `${count} ${type}`);
  console.log(
    `The package is sound: ${total} components against ${rules} rules, the formula compiler, the flow linter and two schema versions.\n  ${listed.join(', ')}`,
  );
  return 0;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { mutations: { type: 'boolean' }, corpus: { type: 'string' } } });
  if (values.mutations) return (await import('./print-survivors.ts')).printSurvivors();
  if (values.corpus !== undefined) return (await import('./verify-corpus.ts')).printCorpus(values.corpus);
  return verifyAndPrint();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main();
