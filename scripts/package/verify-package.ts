import { buildModel } from '../metadata/build-model.ts';
import type { OrgModel } from '../metadata/model.ts';
import type { MetadataProblem } from '../metadata/problem.ts';
import { readComponents, type PackageFiles } from '../metadata/read/read-components.ts';
import { checkPackage, PLATFORM_RULES, runRules } from '../metadata/rules/check-package.ts';
import { standardOrg } from '../metadata/standard-org.ts';
import { COMPONENT_CODE_RULES } from './component-code.ts';
import { lintFlows } from './flow-lint.ts';
import { checkFormulaTypes } from './formula-types.ts';
import { HOUSE_RULES } from './house-rules.ts';
import { checkProjectFiles } from './project-schema.ts';
import { checkSchema, loadSchema, type Schema } from './schema-check.ts';

export interface Verdict {
  readonly problems: readonly MetadataProblem[];
  /** Component type → number of components read. */
  readonly counts: ReadonlyMap<string, number>;
  readonly rules: number;
  /** The org as it would be after the deploy; only to be used when there is no problem. */
  readonly model: OrgModel;
}

export interface VerifyOptions {
  /** What the package is laid over; an org without packages by default. */
  readonly base?: OrgModel;
  /** False leaves out the rules that only this project made for itself. */
  readonly house?: boolean;
}

/**
 * Checks a package against the platform's rules, two versions of Salesforce's schema, the formula compiler, the flow
 * linter, the components' own code and the rules of the house.
 */
export function verifyPackage(
  files: PackageFiles,
  { base = standardOrg(), house = true }: VerifyOptions = {},
): Verdict {
  const read = readComponents(files);
  const model = buildModel(read.components, base, read.apiVersion ?? base.apiVersion);
  const pkg = { ...read, base, model };
  const problems = [
    ...read.problems,
    ...checkProjectFiles(files),
    ...installedSchemas().flatMap((schema) => checkSchema(read.components, schema)),
    ...checkPackage(pkg),
    ...runRules(pkg, COMPONENT_CODE_RULES),
  ];
  // The compiler wants a model that holds together, and says less well what the rules have said already.
  if (problems.length === 0) problems.push(...checkFormulaTypes(model, read.components));
  if (house) problems.push(...lintFlows(read.components), ...runRules(pkg, HOUSE_RULES));
  const counts = new Map<string, number>();
  for (const { type } of read.components) counts.set(type, (counts.get(type) ?? 0) + 1);
  const rules = PLATFORM_RULES.length + COMPONENT_CODE_RULES.length + (house ? HOUSE_RULES.length : 0);
  return { problems: distinct(problems), counts, rules, model };
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
