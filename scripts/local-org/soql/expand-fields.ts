import type { FieldModel, ObjectModel } from '../../metadata/model.ts';
import type { Query, Selection } from './ast.ts';
import type { QueryContext } from './query-context.ts';
import { queryError } from './soql-error.ts';

/** https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_fields.htm */
const MAX_ROWS = 200;

/** Replaces FIELDS(ALL|CUSTOM|STANDARD) by the fields the viewer may read. */
export function expandFields(
  query: Query,
  object: ObjectModel,
  { access }: QueryContext,
): readonly Selection[] {
  if (!query.selections.some(({ kind }) => kind === 'fields')) return query.selections;
  const expanded = query.selections.flatMap((selection): readonly Selection[] => {
    if (selection.kind !== 'fields') return [selection];
    if (selection.group !== 'STANDARD' && (query.limit === null || query.limit > MAX_ROWS)) {
      throw queryError(
        'MALFORMED_QUERY',
        `The SOQL FIELDS function must have a LIMIT of at most ${MAX_ROWS}`,
      );
    }
    const belongs = ({ isCustom }: FieldModel) =>
      selection.group === 'ALL' || isCustom === (selection.group === 'CUSTOM');
    const fields = [...object.fields.values()].filter(
      (field) => belongs(field) && access.canReadField(object.name, field.name),
    );
    if (fields.length === 0) {
      throw queryError(
        'MALFORMED_QUERY',
        `The SOQL FIELDS function found no ${selection.group.toLowerCase()} fields on ${object.name}`,
      );
    }
    return fields.map((field) => ({
      kind: 'operand',
      operand: { kind: 'field', path: [field.name] },
      alias: null,
    }));
  });
  const seen = new Set<string>();
  for (const selection of expanded) {
    if (selection.kind !== 'operand' || selection.operand.kind !== 'field') continue;
    const path = selection.operand.path.join('.');
    if (seen.has(path.toLowerCase())) throw queryError('INVALID_FIELD', `duplicate field selected: ${path}`);
    seen.add(path.toLowerCase());
  }
  return expanded;
}
