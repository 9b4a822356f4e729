import type { FieldModel, ObjectModel, ValidationRule } from '../../metadata/model.ts';
import { notImplemented } from '../api-error.ts';
import { FormulaEvaluationError } from '../formula/formula-error.ts';
import type { Value } from '../formula/formula.ts';
import { objectOfId } from '../model-index.ts';
import { quoted, type Row } from '../store/store.ts';
import { OrgFormulas } from './org-formulas.ts';
import { findByKey } from './read-values.ts';
import { RecordSubject } from './record-subject.ts';
import type { SaveContext } from './save-context.ts';
import { saveError, type SaveError } from './save-error.ts';

/** Required fields that are blank, in one error as the platform reports them. */
export function checkRequired(object: ObjectModel, row: Row): SaveError[] {
  const missing = requiredFields(object).filter((name) => (row[name] ?? null) === null);
  if (missing.length === 0) return [];
  return [
    saveError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing),
  ];
}

const required = new WeakMap<ObjectModel, readonly string[]>();

function requiredFields(object: ObjectModel): readonly string[] {
  const known = required.get(object);
  if (known !== undefined) return known;
  const names = [...object.fields.values()]
    .filter((field) => isRequired(object, field))
    .map(({ name }) => name);
  required.set(object, names);
  return names;
}

function isRequired(object: ObjectModel, field: FieldModel): boolean {
  // A custom object's text name that is left out becomes the record's id.
  if (field.name === 'Name' && object.kind === 'custom') return false;
  const isWritten = field.isCreateable && field.formula === null && field.kind !== 'AutoNumber';
  return isWritten && field.kind !== 'Checkbox' && (field.isRequired || field.kind === 'MasterDetail');
}

/** Ids must exist, live and belong to an object that the field may point to. */
export function checkReferences(context: SaveContext, object: ObjectModel, values: Row): SaveError[] {
  const errors: SaveError[] = [];
  for (const [name, id] of Object.entries(values)) {
    const field = object.fields.get(name);
    if (!field?.reference || typeof id !== 'string') continue;
    const parent = objectOfId(context.model, id);
    if (parent === undefined || !field.reference.to.includes(parent.name)) {
      errors.push(
        saveError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${id}`, [field.name]),
      );
      continue;
    }
    const columns = parent.name === 'User' ? '"IsDeleted", "IsActive"' : '"IsDeleted"';
    const found = context.store.get(`SELECT ${columns} FROM ${quoted(parent.name)} WHERE "Id" = ?`, id);
    if (found === undefined)
      errors.push(saveError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [field.name]));
    else if (found['IsDeleted'] === 1)
      errors.push(saveError('ENTITY_IS_DELETED', 'entity is deleted', [field.name]));
    else if (name === 'OwnerId' && parent.name === 'User' && found['IsActive'] === 0)
      errors.push(inactiveOwner(object, id));
  }
  return errors;
}

// Common knowledge of those who load data; the exact wording was not seen in an org.
const inactiveOwner = (object: ObjectModel, id: string): SaveError =>
  saveError(
    'INACTIVE_OWNER_OR_USER',
    `operation performed with inactive user [${id.slice(0, 15)}] as owner of ${object.label.toLowerCase()}`,
    ['OwnerId'],
  );

/** Unique fields among `values`, against every live record but this one. */
export function checkUnique(
  context: SaveContext,
  object: ObjectModel,
  id: string | null,
  values: Row,
): SaveError[] {
  for (const [name, value] of Object.entries(values)) {
    const field = object.fields.get(name);
    if (field?.isUnique !== true || value === null) continue;
    const other = findByKey(context, object, field, value).find((found) => found !== id);
    if (other === undefined) continue;
    if (object.name === 'User' && name === 'Username')
      return [
        saveError(
          'DUPLICATE_USERNAME',
          "Duplicate Username.<br>The username already exists in this or another Salesforce organization. Usernames must be unique across all Salesforce organizations. To resolve, use a different username (it doesn't need to match the user's email address).",
          ['Username'],
        ),
      ];
    // The message carries the 15-character id.
    const message = `duplicate value found: ${name} duplicates value on record with id: ${other.slice(0, 15)}`;
    return [saveError('DUPLICATE_VALUE', message)];
  }
  return [];
}

/** Active validation rules whose condition is true for the record. */
export function checkRules(
  context: SaveContext,
  object: ObjectModel,
  now: Row,
  before: Row | null,
): SaveError[] {
  const rules = OrgFormulas.of(context.model).rules(object);
  if (rules.length === 0) return [];
  const subject = new RecordSubject(context, object, now, before);
  return rules
    .filter(({ rule, formula }) => isBroken(rule, () => formula.evaluate(subject, context.viewer)))
    .map(({ rule }) =>
      saveError(
        'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        rule.message,
        rule.errorField === null ? [] : [rule.errorField],
      ),
    );
}

function isBroken(rule: ValidationRule, evaluate: () => Value): boolean {
  try {
    return evaluate() === true;
  } catch (error) {
    if (!(error instanceof FormulaEvaluationError)) throw error;
    throw notImplemented(`a validation rule that cannot be computed (${rule.name}: ${error.message})`);
  }
}
