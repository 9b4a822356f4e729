// References and limits of formulas; the type check is the compiler's.
// https://help.salesforce.com/s/articleView?id=platform.customize_formuladef.htm
// https://developer.salesforce.com/docs/atlas.en-us.salesforce_formula_size_tipsheet.meta/salesforce_formula_size_tipsheet/
import { FIELD_FUNCTIONS, SAVE_FUNCTIONS } from '../formula-functions.ts';
import { functionsOf, namesOf, tokenize } from '../formula-scan.ts';
import type { ObjectModel, OrgModel } from '../model.ts';
import { splitName, type Component } from '../read/component.ts';
import { formulaOf } from '../read/read-field.ts';
import { resolveName } from '../resolve-name.ts';
import { child, textOf, type XmlNode } from '../xml.ts';
import { findIgnoringCase, rule, type PackageUnderCheck, type Rule } from './rule.ts';

const MAX_CHARACTERS = 3_900;
const MAX_RELATED_OBJECTS = 15;
const RESULT_KINDS = new Set([
  'Checkbox',
  'Currency',
  'Date',
  'DateTime',
  'Number',
  'Percent',
  'Text',
  'Time',
]);

interface Formula {
  readonly source: string;
  readonly object: ObjectModel;
  readonly at: XmlNode | undefined;
  readonly functions: ReadonlySet<string>;
}

/** The formula of a field or of a validation rule; null for fields without one and on unknown objects. */
function formulaIn(component: Component, { model }: PackageUnderCheck): Formula | null {
  const isField = component.type === 'CustomField';
  const source = isField ? formulaOf(component.node) : textOf(component.node, 'errorConditionFormula');
  const object = findIgnoringCase(model.objects, splitName(component.fullName)[0]);
  if (source === null || !object) return null;
  return {
    source,
    object,
    at: child(component.node, isField ? 'formula' : 'errorConditionFormula'),
    functions: isField ? FIELD_FUNCTIONS : SAVE_FUNCTIONS,
  };
}

const BEARERS = ['CustomField', 'ValidationRule'];

const length = rule('formulas/length', BEARERS, (component, pkg, fail) => {
  const formula = formulaIn(component, pkg);
  if (formula && formula.source.length > MAX_CHARACTERS)
    fail(
      `Formula is too long (${formula.source.length} characters). Maximum length is ${MAX_CHARACTERS} characters.`,
      'Split it into two fields.',
      formula.at,
    );
});

const functions = rule('formulas/function', BEARERS, (component, pkg, fail) => {
  const formula = formulaIn(component, pkg);
  if (!formula) return;
  for (const { name } of functionsOf(formula.source)) {
    if (formula.functions.has(name)) continue;
    if (SAVE_FUNCTIONS.has(name))
      fail(
        `Function ${name} may not be used in this type of formula`,
        'Use it in a validation rule or a flow.',
        formula.at,
      );
    else
      fail(
        `Unknown function ${name}. Check spelling.`,
        'Use a function of the formula language.',
        formula.at,
      );
  }
});

const names = rule('formulas/name', BEARERS, (component, pkg, fail) => {
  const formula = formulaIn(component, pkg);
  if (!formula) return;
  for (const name of new Set(namesOf(formula.source).map((each) => each.name))) {
    const resolved = resolveName(name, formula.object, pkg.model);
    if (resolved.kind === 'unknown')
      fail(resolved.problem, 'Correct the name, or add the field to the package.', formula.at);
    if (resolved.kind === 'field' && ['LongTextArea', 'Html'].includes(resolved.field.kind)) {
      fail(
        `You referenced an unsupported field type called "Long Text Area" using the following field: ${name}`,
        'Read a Text field instead.',
        formula.at,
      );
    }
  }
});

const brackets = rule('formulas/brackets', BEARERS, (component, pkg, fail) => {
  const formula = formulaIn(component, pkg);
  if (!formula) return;
  let depth = 0;
  for (const { kind, value } of tokenize(formula.source)) {
    if (kind !== 'mark') continue;
    if (value === '"' || value === "'")
      return fail('Syntax error. Missing closing quote.', 'Close the text.', formula.at);
    if (value === '(') depth += 1;
    if (value === ')') depth -= 1;
    if (depth < 0) return fail("Syntax error. Extra ')'", 'Remove the bracket.', formula.at);
  }
  if (depth > 0) fail("Syntax error. Missing ')'", 'Close the bracket.', formula.at);
});

const result = rule('formulas/result', 'CustomField', ({ node }, _pkg, fail) => {
  const kind = textOf(node, 'type') ?? '';
  if (formulaOf(node) === null) return;
  if (!RESULT_KINDS.has(kind))
    fail(
      `A formula cannot return ${kind}.`,
      `Use one of ${[...RESULT_KINDS].join(', ')}.`,
      child(node, 'type'),
    );
  for (const element of ['required', 'defaultValue', 'length', 'valueSet']) {
    const at = child(node, element);
    if (at && textOf(node, element) !== 'false')
      fail(`Can not specify '${element}' for a formula field.`, `Remove <${element}>.`, at);
  }
});

const related: Rule = {
  id: 'formulas/related-objects',
  check(pkg) {
    return pkg.components
      .filter((each) => each.type === 'CustomObject' || each.type === 'CustomField')
      .filter((each, index, all) => all.findIndex((other) => objectOf(other) === objectOf(each)) === index)
      .flatMap((component) => {
        const object = pkg.model.objects.get(objectOf(component));
        const count = object ? relationsOf(object, pkg.model).size : 0;
        if (count <= MAX_RELATED_OBJECTS) return [];
        return [
          {
            component,
            problem: `The formulas of ${object!.name} reach ${count} related objects; ${MAX_RELATED_OBJECTS} are allowed.`,
            fix: 'Read fewer parents.',
          },
        ];
      });
  },
};

function objectOf(component: Component): string {
  return component.type === 'CustomObject' ? component.fullName : splitName(component.fullName)[0];
}

function relationsOf(object: ObjectModel, model: OrgModel): Set<string> {
  const relations = new Set<string>();
  const sources = [
    ...[...object.fields.values()].flatMap((field) => field.formula?.source ?? []),
    ...object.validationRules.map((each) => each.formula),
  ];
  for (const source of sources) {
    for (const { name } of namesOf(source)) {
      const resolved = resolveName(name, object, model);
      if (resolved.kind === 'field') for (const step of resolved.steps) relations.add(step);
    }
  }
  return relations;
}

const cycle = rule('formulas/cycle', 'CustomField', (component, pkg, fail) => {
  const formula = formulaIn(component, pkg);
  const way = formula && wayBack(component.fullName, component.fullName, pkg.model, new Set());
  if (way)
    fail(
      `The formula refers to itself: ${[component.fullName, ...way].join(' → ')}.`,
      'Take one of the references out.',
      formula.at,
    );
});

function wayBack(from: string, goal: string, model: OrgModel, seen: Set<string>): string[] | null {
  for (const next of formulaReferences(from, model)) {
    if (next === goal) return [next];
    if (seen.has(next)) continue;
    seen.add(next);
    const rest = wayBack(next, goal, model, seen);
    if (rest) return [next, ...rest];
  }
  return null;
}

/** Fields that a formula or roll-up of `Object.Field` reads, as `Object.Field`. */
export function formulaReferences(fullName: string, model: OrgModel): string[] {
  const [objectName, fieldName] = splitName(fullName);
  const object = model.objects.get(objectName);
  const field = object?.fields.get(fieldName);
  if (!object || !field) return [];
  if (field.rollUp)
    return [field.rollUp.field, ...field.rollUp.filters.map((each) => each.field)].flatMap((name) =>
      name ? [`${field.rollUp!.childObject}.${name}`] : [],
    );
  return namesOf(field.formula?.source ?? '').flatMap(({ name }) => {
    const resolved = resolveName(name, object, model);
    return resolved.kind === 'field' ? [`${resolved.object.name}.${resolved.field.name}`] : [];
  });
}

const errorField = rule(
  'validation-rules/error-field',
  'ValidationRule',
  ({ fullName, node }, { model }, fail) => {
    const name = textOf(node, 'errorDisplayField');
    const object = model.objects.get(splitName(fullName)[0]);
    if (name !== null && object && !object.fields.has(name))
      fail(
        `In field: errorDisplayField - no CustomField named ${object.name}.${name} found`,
        'Correct the name, or drop <errorDisplayField>.',
        child(node, 'errorDisplayField'),
      );
  },
);

const complete = rule('validation-rules/complete', 'ValidationRule', ({ node }, _pkg, fail) => {
  for (const element of ['active', 'errorConditionFormula']) {
    if (textOf(node, element) === null) fail(`Required field is missing: ${element}`, `Add <${element}>.`);
  }
});

export const FORMULA_RULES: readonly Rule[] = [
  length,
  functions,
  brackets,
  names,
  result,
  related,
  cycle,
  errorField,
  complete,
];
