import { isStandardField } from '../read/component.ts';
import type { MetadataProblem } from '../problem.ts';
import { APP_RULES } from './apps.ts';
import { COMPONENT_RULES } from './components.ts';
import { RECORD_RULES } from './custom-metadata.ts';
import { FIELD_RULES } from './fields.ts';
import { FLOW_RULES } from './flows.ts';
import { FORMULA_RULES } from './formulas.ts';
import { checkManifest } from './manifest.ts';
import { NAME_RULES } from './names.ts';
import { PAGE_RULES } from './pages.ts';
import { PERMISSION_SET_RULES } from './permission-sets.ts';
import { RELATIONSHIP_RULES } from './relationships.ts';
import { ROLL_UP_RULES } from './roll-ups.ts';
import { QUICK_ACTION_RULES } from './quick-actions.ts';
import { REPORT_RULES } from './reports.ts';
import { TRANSLATION_RULES } from './translations.ts';
import type { PackageUnderCheck, Rule } from './rule.ts';

/** Every platform rule, in the order in which problems are told. */
export const PLATFORM_RULES: readonly Rule[] = [
  ...NAME_RULES,
  ...FIELD_RULES,
  ...RELATIONSHIP_RULES,
  ...ROLL_UP_RULES,
  ...FORMULA_RULES,
  ...RECORD_RULES,
  ...PERMISSION_SET_RULES,
  ...PAGE_RULES,
  ...APP_RULES,
  ...QUICK_ACTION_RULES,
  ...REPORT_RULES,
  ...COMPONENT_RULES,
  ...FLOW_RULES,
  ...TRANSLATION_RULES,
];

/** Runs all platform rules over a package; the answer keeps the order of the rules. */
export function checkPackage(pkg: PackageUnderCheck): MetadataProblem[] {
  const components = pkg.components.filter(
    ({ type, fullName }) => type !== 'CustomField' || !isStandardField(fullName),
  );
  return [...checkManifest(pkg), ...runRules({ ...pkg, components }, PLATFORM_RULES)];
}

/** Runs the given rules over a package. */
export function runRules(pkg: PackageUnderCheck, rules: readonly Rule[]): MetadataProblem[] {
  const problems: MetadataProblem[] = [];
  for (const rule of rules) {
    for (const { component, at, problem, fix } of rule.check(pkg)) {
      const { line, column } = at ?? component.node;
      problems.push({
        file: component.file,
        line,
        column,
        componentType: component.type,
        fullName: component.fullName,
        problem,
        rule: rule.id,
        fix,
      });
    }
  }
  return problems;
}
