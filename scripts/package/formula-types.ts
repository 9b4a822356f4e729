// Types of formulas: the local org compiles every one of them, as a deploy does.
import { checkFormulas } from '../local-org/deploy/check-formulas.ts';
import { OrgFormulas } from '../local-org/save/org-formulas.ts';
import type { OrgModel } from '../metadata/model.ts';
import type { MetadataProblem } from '../metadata/problem.ts';
import { splitName, type Component } from '../metadata/read/component.ts';

/** Formulas, default values, rules and flows that do not compile, as problems of their files. */
export function checkFormulaTypes(model: OrgModel, components: readonly Component[]): MetadataProblem[] {
  const failures = checkFormulas(model, components).flatMap(({ componentType, fullName, problem }) => {
    const component = components.find((each) => each.type === componentType && each.fullName === fullName);
    return component ? [{ component, problem }] : [];
  });
  if (failures.length === 0) failures.push(...notBoolean(model, components));
  return failures.map(({ component, problem }) => ({
    file: component.file,
    line: component.node.line,
    column: null,
    componentType: component.type,
    fullName: component.fullName,
    problem,
    rule: component.type === 'Flow' ? 'flows/compile' : 'formulas/compile',
    fix: 'Correct the formula: operands, functions and the result have to fit.',
  }));
}

function notBoolean(model: OrgModel, components: readonly Component[]) {
  return components.flatMap((component) => {
    const [objectName, name] = splitName(component.fullName);
    const object = component.type === 'ValidationRule' ? model.objects.get(objectName) : undefined;
    const rule = object?.validationRules.find((each) => each.name === name);
    if (!object || !rule) return [];
    const { kind } = OrgFormulas.of(model).compileRule(object, rule);
    const problem = `Formula result is data type (${kind}), incompatible with expected data type (true or false).`;
    return kind === 'Boolean' || kind === 'Checkbox' ? [] : [{ component, problem }];
  });
}
