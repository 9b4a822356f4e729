import type * as soql from '@jetstreamapp/soql-parser-js';
import type { FieldPath, Query, Selection, Typeof } from './ast.ts';
import { readPath, type Reading } from './parse-operand.ts';
import { located, queryError } from './soql-error.ts';

export function readTypeof({ field, conditions }: soql.FieldTypeOf, reading: Reading): Typeof {
  const cases = conditions
    .filter(({ type }) => type === 'WHEN')
    .map(({ objectType = '', fieldList }) => ({ object: objectType, paths: fieldList.map(pathOf) }));
  const otherwise = conditions.find(({ type }) => type === 'ELSE');
  return {
    kind: 'typeof',
    relationship: readPath(field, reading),
    cases,
    otherwise: otherwise ? otherwise.fieldList.map(pathOf) : null,
  };
}

const pathOf = (name: string): FieldPath => name.split('.');

/**
 * Refuses TYPEOF where the documentation does; which words and code the platform uses is not documented.
 * https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_typeof.htm
 */
export function checkTypeof(
  { selections, isCount, groupBy, having }: Query,
  isJoin: boolean,
  source: string,
): void {
  const found = selections.filter((selection) => selection.kind === 'typeof');
  if (found.length === 0) return;
  const refuse = (message: string) => queryError('MALFORMED_QUERY', message, located(source, 'TYPEOF'));
  if (isCount || groupBy.length > 0 || having)
    throw refuse('TYPEOF can’t be used in queries with COUNT(), GROUP BY or HAVING');
  if (isJoin) throw refuse('TYPEOF isn’t allowed in the SELECT clause of a semi-join query');
  if (selections.some(isFunction))
    throw refuse('TYPEOF can’t be used in queries with functions in the SELECT clause');
  const named = selections.map(relationshipKey);
  for (const { relationship, cases, otherwise } of found) {
    const key = relationship.join('.').toLowerCase();
    if (named.filter((other) => other === key || other.startsWith(`${key}.`)).length > 1)
      throw refuse(`TYPEOF cannot reference ${relationship.join('.')}, which the field list names too`);
    const objects = cases.map(({ object }) => object.toLowerCase());
    if (new Set(objects).size < objects.length) throw refuse('TYPEOF takes one WHEN per object type');
    for (const paths of [...cases.map((one) => one.paths), otherwise ?? []]) refuseTwice(paths, source);
  }
}

const isFunction = (selection: Selection) =>
  selection.kind === 'label' ||
  selection.kind === 'fields' ||
  (selection.kind === 'operand' && selection.operand.kind !== 'field');

/** The relationship that a selection goes through; empty for what goes through none. */
function relationshipKey(selection: Selection): string {
  if (selection.kind === 'typeof') return selection.relationship.join('.').toLowerCase();
  if (selection.kind !== 'operand') return '';
  return selection.operand.path.slice(0, -1).join('.').toLowerCase();
}

function refuseTwice(paths: readonly FieldPath[], source: string): void {
  const keys = paths.map((path) => path.join('.').toLowerCase());
  const twice = paths.find((_, index) => keys.indexOf(keys[index] ?? '') < index);
  if (!twice) return;
  const name = twice.join('.');
  throw queryError('INVALID_FIELD', `duplicate field selected: ${name}`, located(source, name));
}
