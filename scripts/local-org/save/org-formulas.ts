import type { FieldModel, ObjectModel, OrgModel, ValidationRule } from '../../metadata/model.ts';
import { compileFormula, compileFormulaField } from '../formula/compile-formula.ts';
import type { CompiledFormula } from '../formula/formula.ts';

export interface CompiledRule {
  readonly rule: ValidationRule;
  readonly formula: CompiledFormula;
}

const compiled = new WeakMap<OrgModel, OrgFormulas>();

/** Every formula of a model, compiled once at first use. */
export class OrgFormulas {
  readonly #model: OrgModel;
  readonly #fields = new Map<string, CompiledFormula>();
  readonly #rules = new Map<string, readonly CompiledRule[]>();

  static of(model: OrgModel): OrgFormulas {
    const known = compiled.get(model) ?? new OrgFormulas(model);
    compiled.set(model, known);
    return known;
  }

  constructor(model: OrgModel) {
    this.#model = model;
  }

  /** Of a formula field; @throws FormulaError when the source cannot be compiled. */
  field(object: ObjectModel, field: FieldModel): CompiledFormula {
    const key = `${object.name}.${field.name}`;
    const known = this.#fields.get(key);
    if (known !== undefined) return known;
    const formula = compileFormulaField(field, object, this.#model);
    this.#fields.set(key, formula);
    return formula;
  }

  /** Of a field's default value; null when it has none to compute (checkboxes and picklists hold theirs). */
  defaultValue(object: ObjectModel, field: FieldModel): CompiledFormula | null {
    const isComputed = field.kind !== 'Checkbox' && field.kind !== 'Id' && field.kind !== 'AutoNumber';
    if (field.defaultValue === null || field.formula !== null || !isComputed) return null;
    const key = `default:${object.name}.${field.name}`;
    const known = this.#fields.get(key);
    if (known !== undefined) return known;
    const context = { model: this.#model, object, allowsTransitions: false, blanks: 'BlankAsBlank' } as const;
    const formula = compileFormula(field.defaultValue, context);
    this.#fields.set(key, formula);
    return formula;
  }

  /** Active validation rules. They have no choice of how blanks count: ISBLANK of a number works in them. */
  rules(object: ObjectModel): readonly CompiledRule[] {
    const known = this.#rules.get(object.name);
    if (known !== undefined) return known;
    const rules = object.validationRules
      .filter(({ isActive }) => isActive)
      .map((rule) => ({ rule, formula: this.compileRule(object, rule) }));
    this.#rules.set(object.name, rules);
    return rules;
  }

  compileRule(object: ObjectModel, rule: ValidationRule): CompiledFormula {
    const context = { model: this.#model, object, allowsTransitions: true, blanks: 'BlankAsBlank' } as const;
    return compileFormula(rule.formula, context);
  }
}
