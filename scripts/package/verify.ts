// `npm run verify`: everything that can be known of the package without an org.
import { pathToFileURL } from 'node:url';
import type { MetadataProblem } from '../metadata/problem.ts';
import { buildModel } from '../metadata/build-model.ts';
import { readComponents, type PackageFiles } from '../metadata/read/read-components.ts';
import { checkPackage, PLATFORM_RULES, runRules } from '../metadata/rules/check-package.ts';
import { standardOrg } from '../metadata/standard-org.ts';
import { PROJECT_DIR } from './build-zip.ts';
import { HOUSE_RULES } from './house-rules.ts';
import { readProject } from './read-project.ts';
import { checkSchema, loadSchema, type Schema } from './schema-check.ts';

export interface Verdict {
  readonly problems: readonly MetadataProblem[];
  /** Component type → number of components read. */
  readonly counts: ReadonlyMap<string, number>;
  readonly rules: number;
}

/** Checks a package against the platform's rules, the house's rules and two versions of Salesforce's schema. */
export function verifyPackage(files: PackageFiles): Verdict {
  const base = standardOrg();
  const read = readComponents(files);
  const pkg = { ...read, base, model: buildModel(read.components, base, read.apiVersion ?? base.apiVersion) };
  const problems = [
    ...read.problems,
    ...installedSchemas().flatMap((schema) => checkSchema(read.components, schema)),
    ...checkPackage(pkg),
    ...runRules(pkg, HOUSE_RULES),
  ];
  const counts = new Map<string, number>();
  for (const { type } of read.components) counts.set(type, (counts.get(type) ?? 0) + 1);
  return { problems: distinct(problems), counts, rules: PLATFORM_RULES.length + HOUSE_RULES.length };
}

let schemas: readonly Schema[] | undefined;

// The package's own version and the newest: nothing newer than the first may slip in, nothing gone in the second.
function installedSchemas(): readonly Schema[] {
  return (schemas ??= [loadSchema('@salesforce/types-v67'), loadSchema('@salesforce/types')]);
}

// Two schema versions mostly agree.
function distinct(problems: readonly MetadataProblem[]): MetadataProblem[] {
  const byPlace = new Map(
    problems.map((each) => [`${each.file}:${each.line}:${each.column}:${each.problem}`, each]),
  );
  return [...byPlace.values()].sort((a, b) =>
    a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1,
  );
}

/** One line of place, rule and message, and one with the way out. */
export function formatProblem({ file, line, column, rule, problem, fix }: MetadataProblem): string {
  return `${file}:${line}${column === null ? '' : `:${column}`}  ${rule}\n    ${problem}\n    → ${fix}`;
}

function main(): number {
  const { problems, counts, rules } = verifyPackage(readProject(PROJECT_DIR, packageRoots()).files);
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
    `The package is sound: ${total} components against ${rules} rules and two schema versions.\n  ${listed.join(', ')}`,
  );
  return 0;
}

function packageRoots(): string[] {
  return process.argv.length > 2 ? process.argv.slice(2) : ['force-app/main'];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main();
