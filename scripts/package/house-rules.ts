// Rules of this project that a platform would let pass. Why each exists: force-app/README.md and scripts/DESIGN.md.
import { SAVE_FUNCTIONS } from '../metadata/formula-functions.ts';
import { functionsOf, namesOf, picklistTexts, tokenize } from '../metadata/formula-scan.ts';
import { splitName, type Component } from '../metadata/read/component.ts';
import { formulaOf } from '../metadata/read/read-field.ts';
import { objectKind } from '../metadata/read/read-object.ts';
import { resolveName } from '../metadata/resolve-name.ts';
import { rule, type PackageUnderCheck, type Rule } from '../metadata/rules/rule.ts';
import { child, flagOf, textOf } from '../metadata/xml.ts';
import { FIELD_PERMISSION_RULES } from './field-permission-rules.ts';
import { objectRights } from './object-rights.ts';
import { PACKAGE_RULES } from './package-rules.ts';
import { writerOf } from './writer.ts';

const words = rule('house/field-words', 'CustomField', ({ fullName, node }, _pkg, fail) => {
  const writer = writerOf(textOf(node, 'description'));
  const at = child(node, 'description');
  if (writer === null)
    fail(
      `The description of ${fullName} does not say who writes it.`,
      'Begin it with "Entered by", "Written by the sync", "Written by the flow", "Formula", "Roll-up" or "Written by the sync or entered by".',
      at,
    );
  const isFormula = formulaOf(node) !== null;
  const isRollUp = textOf(node, 'type') === 'Summary';
  if (writer !== null && (writer === 'formula') !== isFormula)
    fail(
      `The description says ${writer}, but ${fullName} is ${isFormula ? 'a formula' : 'no formula'}.`,
      'Correct its first words.',
      at,
    );
  if (writer !== null && (writer === 'rollup') !== isRollUp)
    fail(
      `The description says ${writer}, but ${fullName} is ${isRollUp ? 'a roll-up' : 'no roll-up'}.`,
      'Correct its first words.',
      at,
    );
  if (textOf(node, 'inlineHelpText') === null)
    fail(`${fullName} has no help text.`, 'Add <inlineHelpText> in the words of the page.');
});

const notRequired = rule('house/not-required', 'CustomField', ({ fullName, node }, _pkg, fail) => {
  // Required fields are outside field-level security, so the sync's user could write them.
  if (flagOf(node, 'required'))
    fail(
      `${fullName} is required, which puts it outside field-level security.`,
      'Drop <required>; ask for it in a validation rule at the transition that needs it.',
      child(node, 'required'),
    );
});

const blanks = rule('house/blanks', 'CustomField', ({ fullName, node }, _pkg, fail) => {
  // The platform's default is BlankAsZero: then ISBLANK(number) is never true and a missing measurement counts as 0.
  if (formulaOf(node) !== null && textOf(node, 'formulaTreatBlanksAs') !== 'BlankAsBlank')
    fail(
      `The formula ${fullName} does not say BlankAsBlank: missing numbers would count as 0.`,
      'Add <formulaTreatBlanksAs>BlankAsBlank</formulaTreatBlanksAs>.',
      child(node, 'formulaTreatBlanksAs'),
    );
});

const restricted = rule('house/restricted-picklist', 'CustomField', ({ fullName, node }, _pkg, fail) => {
  const set = child(node, 'valueSet');
  if (set && textOf(set, 'valueSetName') === null && !flagOf(set, 'restricted'))
    fail(`The picklist ${fullName} is not restricted.`, 'Add <restricted>true</restricted>.', set);
});

const masterRead = rule('house/master-read', 'CustomField', ({ fullName, node }, _pkg, fail) => {
  // Success managers only read the deal, and an approval locks it.
  if (textOf(node, 'type') === 'MasterDetail' && !flagOf(node, 'writeRequiresMasterRead'))
    fail(
      `Writing a detail through ${fullName} needs Edit on its master.`,
      'Add <writeRequiresMasterRead>true</writeRequiresMasterRead>.',
    );
});

const history = rule('house/history', 'CustomField', ({ fullName, node }, _pkg, fail) => {
  if (flagOf(node, 'trackHistory') && writerOf(textOf(node, 'description')) === 'sync')
    fail(
      `${fullName} is written by the sync and must not fill the history.`,
      'Remove <trackHistory>.',
      child(node, 'trackHistory'),
    );
});

const transition = rule('house/transition', 'ValidationRule', ({ fullName, node }, _pkg, fail) => {
  // A roll-up or a sync write saves the record again: a rule on states would refuse it for an old fault.
  const called = functionsOf(textOf(node, 'errorConditionFormula') ?? '').map((each) => each.name);
  if (!called.includes('ISNEW') && !called.includes('ISCHANGED'))
    fail(
      `The rule ${fullName} looks at a state, not at a change.`,
      'Test ISNEW() or ISCHANGED() of the field it guards.',
      child(node, 'errorConditionFormula'),
    );
});

const license = rule('house/no-license', 'PermissionSet', ({ fullName, node }, _pkg, fail) => {
  const at = child(node, 'license');
  if (at) fail(`The permission set ${fullName} is tied to a licence.`, 'Remove <license>.', at);
});

/** Formulas of fields and rules with the object they stand on. */
function formulaAt({ type, fullName, node }: Component, { model }: PackageUnderCheck) {
  const element = type === 'CustomField' ? 'formula' : 'errorConditionFormula';
  const object = model.objects.get(splitName(fullName)[0]);
  const source = textOf(node, element);
  return object && source !== null ? { object, source, at: child(node, element)! } : null;
}

const BEARERS = ['CustomField', 'ValidationRule'];

const style = rule('house/formula-style', BEARERS, (component, pkg, fail) => {
  const formula = formulaAt(component, pkg);
  if (!formula) return;
  const { source, object, at } = formula;
  if (/\/\*/.test(source.replace(/"(?:\\.|[^"\\])*"/g, '""')))
    fail('Formulas carry no comments.', 'Say it in the description.', at);
  for (const { kind, value, at: offset } of tokenize(source)) {
    const written = source.slice(offset, offset + value.length);
    if (kind === 'function' && SAVE_FUNCTIONS.has(value) && written !== value)
      fail(`Write ${value}, not ${written}.`, 'Functions are upper case.', at);
    if (kind === 'mark' && value === '!' && source[offset + 1] !== '=')
      fail('Write NOT(x), not !x.', 'Use NOT().', at);
  }
  for (const { name } of namesOf(source)) {
    const resolved = resolveName(name, object, pkg.model);
    const last = name.split('.').at(-1);
    if (resolved.kind === 'field' && resolved.field.name !== last)
      fail(`Write ${resolved.field.name}, not ${last}.`, 'Field names keep their case.', at);
    if (name.startsWith('$CustomMetadata.') && !name.startsWith('$CustomMetadata.PilotPolicy__mdt.Default.'))
      fail(`${name} is not the Default policy.`, 'Read $CustomMetadata.PilotPolicy__mdt.Default only.', at);
  }
});

const literals = rule('house/picklist-literal', BEARERS, (component, pkg, fail) => {
  const formula = formulaAt(component, pkg);
  if (!formula) return;
  for (const { path, value } of picklistTexts(formula.source)) {
    const resolved = resolveName(path, formula.object, pkg.model);
    const picklist = resolved.kind === 'field' ? resolved.field.picklist : null;
    // An empty text asks for blank; standard picklists are the admin's.
    if (!picklist?.isRestricted || value === '' || picklist.values.some((each) => each.value === value))
      continue;
    fail(
      `${path} has no value "${value}".`,
      `Use one of: ${picklist.values.map((each) => each.value).join(', ')}.`,
      formula.at,
    );
  }
});

const apiVersion = rule(
  'house/api-version',
  ['Flow', 'LightningComponentBundle'],
  ({ fullName, node }, { model }, fail) => {
    const version = textOf(node, 'apiVersion');
    if (version !== null && Number(version) !== Number(model.apiVersion))
      fail(
        `${fullName} says API ${version}, the project ${model.apiVersion}.`,
        'Use one version everywhere.',
        child(node, 'apiVersion'),
      );
  },
);

const described = rule('house/object-words', 'CustomObject', ({ fullName, node }, _pkg, fail) => {
  if (objectKind(fullName) !== 'standard' && textOf(node, 'description') === null)
    fail(`${fullName} has no description.`, 'Say what one record is and who writes it.');
});

/** Every rule of the house. */
export const HOUSE_RULES: readonly Rule[] = [
  words,
  notRequired,
  blanks,
  restricted,
  masterRead,
  history,
  transition,
  license,
  style,
  literals,
  apiVersion,
  described,
  ...FIELD_PERMISSION_RULES,
  objectRights,
  ...PACKAGE_RULES,
];
