import type { ObjectModel, OrgModel } from '../../metadata/model.ts';
import type { Component } from '../../metadata/read/component.ts';
import { findBrokenFlows } from '../flow/org-flows.ts';
import { FormulaError } from '../formula/formula-error.ts';
import { OrgFormulas } from '../save/org-formulas.ts';
import { unknownFilter } from '../save/roll-ups.ts';
import type { ComponentFailure } from './component-result.ts';

/** Every formula of the model compiles, or the deploy fails with the component, its line and the reason. */
export function checkFormulas(model: OrgModel, components: readonly Component[]): ComponentFailure[] {
  const failures: ComponentFailure[] = [];
  const check = (type: string, fullName: string, compile: () => unknown): void => {
    try {
      compile();
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      failures.push(failure(components, type, fullName, error.message));
    }
  };
  for (const object of model.objects.values()) checkObject(model, object, check);
  for (const { name, error } of findBrokenFlows(model))
    failures.push({
      ...failure(components, 'Flow', name, error.message),
      lineNumber: error.line,
      columnNumber: error.column,
    });
  const odd = unknownFilter(model);
  if (odd !== null) {
    const problem = `The local org does not evaluate the roll-up filter operation "${odd.operation}".`;
    failures.push(failure(components, 'CustomField', `${odd.object.name}.${odd.field.name}`, problem));
  }
  return failures;
}

type Check = (type: string, fullName: string, compile: () => unknown) => void;

function checkObject(model: OrgModel, object: ObjectModel, check: Check): void {
  const formulas = OrgFormulas.of(model);
  for (const field of object.fields.values())
    check('CustomField', `${object.name}.${field.name}`, () =>
      field.formula === null ? formulas.defaultValue(object, field) : formulas.field(object, field),
    );
  for (const rule of object.validationRules)
    check('ValidationRule', `${object.name}.${rule.name}`, () => formulas.compileRule(object, rule));
}

function failure(
  components: readonly Component[],
  type: string,
  fullName: string,
  problem: string,
): ComponentFailure {
  const component = components.find((each) => each.type === type && each.fullName === fullName);
  return {
    componentType: type,
    fullName,
    fileName: component?.zipPath ?? `objects/${fullName.split('.')[0]}.object`,
    problem,
    problemType: 'Error',
    lineNumber: component?.node.line ?? 1,
    columnNumber: component?.node.column ?? 1,
    success: false,
  };
}
