// The platform's rules over other people's packages, which deploy: what the verifier says there is a false alarm.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import type { OrgModel } from '../metadata/model.ts';
import type { MetadataProblem } from '../metadata/problem.ts';
import { locateFile } from '../metadata/read/locate-file.ts';
import { formatProblem, verifyPackage } from './verify-package.ts';

const PROJECT = z.object({ packageDirectories: z.array(z.object({ path: z.string() })) });

interface Allowed {
  /** What the entry lets pass. */
  readonly matches: (problem: MetadataProblem) => boolean;
  readonly why: string;
}

const OUTSIDE =
  /\b(Case|CaseClose|Lead|LeadSource|Order|ShippingAddress|ContentDocumentLink|ContentVersion|FlowExecutionErrorEvent|[ST]\w*SObjectType__r)\b/;

/** What the verifier says of packages that deploy, and why it says so nevertheless. */
const ALLOWED: readonly Allowed[] = [
  {
    matches: ({ problem, fullName }) => OUTSIDE.test(problem) || OUTSIDE.test(fullName),
    why: 'a standard object, field or event outside the curated table of what this package touches',
  },
  {
    matches: ({ problem }) => /Location\b|LocationInDecimal|__Latitude__s|__Longitude__s/.test(problem),
    why: 'a geolocation field, which this project does not model',
  },
  {
    matches: ({ problem }) => /of type (messageChannel|resourceUrl)/.test(problem),
    why: 'a message channel or static resource: types this package form does not carry',
  },
  {
    matches: ({ rule, problem }) =>
      rule === 'components/template' && /handle\w+|columns|showSpinner/.test(problem),
    why: 'a template that names what its class lacks: it deploys, and the click does nothing',
  },
  {
    matches: ({ rule, problem }) =>
      rule === 'permission-sets/field' && /formula, roll-up|\(name\)/.test(problem),
    why: 'a grant on a name or an editable formula: the org takes it and ignores it; ours says what is so',
  },
  {
    matches: ({ rule, problem }) => rule === 'pages/component' && / c:(\w+Aura|optimizer)\.$/.test(problem),
    why: 'an Aura component on a page: a type this package form does not carry',
  },
  {
    matches: ({ problem }) => problem === '<lightning-slider> has no attribute name.',
    why: 'an attribute that the documentation of the slider does not list; it deploys and does nothing',
  },
  {
    matches: ({ rule, fullName }) => rule === 'names/unique' && fullName.endsWith('.SomeExample'),
    why: 'two folders of test data that are never deployed together',
  },
  {
    matches: ({ fullName, problem }) => /__b\b/.test(problem) || /__b\b/.test(fullName),
    why: 'a big object, whose rights are others',
  },
  {
    matches: ({ rule, fullName }) => rule === 'names/api-name' && fullName.startsWith('sfdcInternalInt__'),
    why: 'a permission set of a managed package',
  },
];

export interface CorpusVerdict {
  readonly project: string;
  readonly files: number;
  readonly alarms: readonly MetadataProblem[];
  /** Reason of the allow-list → problems it let pass. */
  readonly allowed: ReadonlyMap<string, number>;
}

/** Verifies every project (a folder with sfdx-project.json) below a folder, one at a time. */
export function verifyCorpus(folder: string): CorpusVerdict[] {
  return projectsBelow(folder).map((project) => verifyForeign(project, relative(folder, project) || '.'));
}

function projectsBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((each) => each.name !== 'node_modules');
  if (entries.some((each) => each.name === 'sfdx-project.json')) return [folder];
  return entries
    .filter((each) => each.isDirectory())
    .flatMap((each) => projectsBelow(join(folder, each.name)));
}

/** Package directories one after another, each laid over those before it, as they are deployed. */
function verifyForeign(root: string, project: string): CorpusVerdict {
  const text = readFileSync(join(root, 'sfdx-project.json'), 'utf8');
  const { packageDirectories } = PROJECT.parse(JSON.parse(text));
  const problems: MetadataProblem[] = [];
  let [base, count]: [OrgModel | undefined, number] = [undefined, 0];
  for (const { path } of packageDirectories) {
    const files = filesBelow(root, path.replace(/^\.\//, ''));
    const verdict = verifyPackage(files, { house: false, ...(base ? { base } : {}) });
    problems.push(...verdict.problems);
    [base, count] = [verdict.model, count + files.size];
  }
  const allowed = new Map<string, number>();
  const alarms = problems.filter((problem) => {
    const entry = ALLOWED.find((each) => each.matches(problem));
    if (entry) allowed.set(entry.why, (allowed.get(entry.why) ?? 0) + 1);
    return !entry;
  });
  return { project, files: count, alarms, allowed };
}

function filesBelow(root: string, directory: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>([
    ['sfdx-project.json', readFileSync(join(root, 'sfdx-project.json'))],
  ]);
  for (const path of existsSync(join(root, directory)) ? pathsBelow(root, directory) : []) {
    // A package may hold types that this format does not know (Apex, sites …): they are not looked at.
    const role = locateFile(path).kind;
    if (role !== 'ignored' && role !== 'unknown' && role !== 'manifest')
      files.set(path, readFileSync(join(root, path)));
  }
  return files;
}

function pathsBelow(root: string, directory: string): string[] {
  return readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => relative(root, join(each.parentPath, each.name)).split(sep).join('/'))
    .filter((path) => !/(^|\/)(node_modules|\.[^/]+)\//.test(path))
    .sort();
}

/** `npm run verify -- --corpus DIR`: every alarm, what was allowed and why; 1 when there is an alarm. */
export function printCorpus(folder: string): number {
  const verdicts = verifyCorpus(folder);
  if (verdicts.length === 0) {
    console.log(`No project below ${folder}: a project is a folder with sfdx-project.json.`);
    return 1;
  }
  for (const { project, files, alarms, allowed } of verdicts) {
    for (const alarm of alarms) console.log(formatProblem(alarm));
    console.log(`${project}: ${files} files, ${alarms.length} alarms`);
    for (const [why, count] of allowed) console.log(`  allowed ${count}: ${why}`);
  }
  return verdicts.some(({ alarms }) => alarms.length > 0) ? 1 : 0;
}
