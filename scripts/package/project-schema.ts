// sfdx-project.json and the scratch org definition against Salesforce's own JSON schemas.
import { Ajv, type ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MetadataProblem } from '../metadata/problem.ts';
import type { PackageFiles } from '../metadata/read/read-components.ts';

export const SCRATCH_DEFINITION = 'config/project-scratch-def.json';
const SCHEMAS: Readonly<Record<string, string>> = {
  'sfdx-project.json': 'sfdx-project',
  [SCRATCH_DEFINITION]: 'project-scratch-def',
};
const compiled = new Map<string, ValidateFunction>();

/** Problems of the project's own JSON files, where they are among the files. */
export function checkProjectFiles(files: PackageFiles): MetadataProblem[] {
  return Object.entries(SCHEMAS).flatMap(([file, schema]) => {
    const content = files.get(file);
    if (content === undefined) return [];
    const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
    return complaints(text, schema).map((problem) => ({
      file,
      line: 1,
      column: null,
      componentType: '',
      fullName: file,
      problem,
      rule: 'project/schema',
      fix: `See @salesforce/schemas/${schema}.schema.json.`,
    }));
  });
}

function complaints(text: string, schema: string): string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const validate = compiled.get(schema) ?? validator(schema);
  compiled.set(schema, validate);
  if (validate(parsed)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
  );
}

function validator(schema: string): ValidateFunction {
  const path = fileURLToPath(import.meta.resolve(`@salesforce/schemas/${schema}.schema.json`));
  // The schemas carry words for editors that no validator knows.
  return new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
    JSON.parse(readFileSync(path, 'utf8')) as object,
  );
}
