import { mutated, type Mutation } from '../metadata/fixture/mutation.ts';
import { APPS_MUTATIONS } from '../metadata/mutations/apps.ts';
import { COMPONENTS_MUTATIONS } from '../metadata/mutations/components.ts';
import { CUSTOM_METADATA_MUTATIONS } from '../metadata/mutations/custom-metadata.ts';
import { FIELDS_MUTATIONS } from '../metadata/mutations/fields.ts';
import { FILES_MUTATIONS } from '../metadata/mutations/files.ts';
import { FLOWS_MUTATIONS } from '../metadata/mutations/flows.ts';
import { FORMULAS_MUTATIONS } from '../metadata/mutations/formulas.ts';
import { NAMES_MUTATIONS } from '../metadata/mutations/names.ts';
import { PAGES_MUTATIONS } from '../metadata/mutations/pages.ts';
import { PERMISSION_SETS_MUTATIONS } from '../metadata/mutations/permission-sets.ts';
import { RELATIONSHIPS_MUTATIONS } from '../metadata/mutations/relationships.ts';
import { REPORTS_MUTATIONS } from '../metadata/mutations/reports.ts';
import { ROLL_UPS_MUTATIONS } from '../metadata/mutations/roll-ups.ts';
import { TRANSLATIONS_MUTATIONS } from '../metadata/mutations/translations.ts';
import { HOUSE_MUTATIONS } from './house-mutations.ts';
import { verifyPackage } from './verify-package.ts';

/** Every way in which the small package is broken, family by family. */
export const ALL_MUTATIONS: readonly Mutation[] = [
  ...FILES_MUTATIONS,
  ...NAMES_MUTATIONS,
  ...FIELDS_MUTATIONS,
  ...RELATIONSHIPS_MUTATIONS,
  ...ROLL_UPS_MUTATIONS,
  ...FORMULAS_MUTATIONS,
  ...PERMISSION_SETS_MUTATIONS,
  ...PAGES_MUTATIONS,
  ...APPS_MUTATIONS,
  ...REPORTS_MUTATIONS,
  ...COMPONENTS_MUTATIONS,
  ...FLOWS_MUTATIONS,
  ...CUSTOM_METADATA_MUTATIONS,
  ...TRANSLATIONS_MUTATIONS,
  ...HOUSE_MUTATIONS,
];

/** The mutations that the verifier does not notice, or notices for another reason than the one meant. */
export function survivors(mutations: readonly Mutation[] = ALL_MUTATIONS): Mutation[] {
  return mutations.filter((mutation) => {
    const { problems } = verifyPackage(mutated(mutation));
    return !problems.some(
      ({ rule, file }) => rule === mutation.rule && file.endsWith(mutation.blamed ?? mutation.file),
    );
  });
}

/** `npm run verify -- --mutations`: counts and survivors; 1 when anything survived. */
export function printSurvivors(): number {
  const alive = survivors();
  for (const { name, file, rule } of alive) console.log(`survived: ${name} (${file}, meant for ${rule})`);
  const rules = new Set(ALL_MUTATIONS.map(({ rule }) => rule));
  console.log(
    `${ALL_MUTATIONS.length} mutations, ${ALL_MUTATIONS.length - alive.length} caught by ${rules.size} rules, ${alive.length} survived.`,
  );
  return alive.length === 0 ? 0 : 1;
}
