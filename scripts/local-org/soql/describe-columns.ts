import type { FieldKind } from '../../metadata/model.ts';
import type { Selection } from './ast.ts';
import { isNumeric } from './operand-sql.ts';
import type { Output } from './output.ts';
import type { Selected } from './select-rows.ts';

/** One entry of `columnMetadata`, the answer to `query?columns=true` (shape: forcedotcom/sf-plugins, plugin-data `dataSoqlQuery`). */
export interface ResultColumn {
  readonly aggregate: boolean;
  readonly apexType: string;
  readonly booleanType: boolean;
  readonly columnName: string;
  readonly custom: boolean;
  readonly displayName: string;
  readonly foreignKeyName: string | null;
  readonly insertable: boolean;
  readonly joinColumns: readonly ResultColumn[];
  readonly numberType: boolean;
  readonly textType: boolean;
  readonly updatable: boolean;
}

const APEX: Readonly<Partial<Record<FieldKind, string>>> = {
  Id: 'Id',
  Lookup: 'Id',
  MasterDetail: 'Id',
  Checkbox: 'Boolean',
  Date: 'Date',
  DateTime: 'Datetime',
};

export function describeColumns(
  selections: readonly Selection[],
  { outputs, typed, isGrouped }: Selected,
): ResultColumn[] {
  const own = nested(outputs, isGrouped, 0);
  const children = selections
    .filter((selection) => selection.kind === 'children')
    .map(({ relationship, query }) => {
      const names = query.selections.flatMap((selection) =>
        selection.kind === 'operand' ? [selection.operand.path.join('.')] : [],
      );
      return {
        ...column(relationship, 'QueryResult'),
        joinColumns: names.map((name) => column(name, 'String')),
      };
    });
  return [...own, ...typedColumns(typed), ...children];
}

/** Of a TYPEOF every field that some object may show. How the platform lists them is not documented. */
function typedColumns(typed: Selected['typed']): ResultColumn[] {
  const byRelationship = Map.groupBy(typed, ({ relationship }) => relationship.join('.'));
  return [...byRelationship].map(([relationship, members]) => {
    const outputs = new Map(
      members.flatMap((one) => one.outputs.map((output) => [output.path.join('.'), output])),
    );
    return { ...column(relationship, 'SObject'), joinColumns: nested([...outputs.values()], false, 0) };
  });
}

/** Fields of one parent stand together below its relationship name. */
function nested(outputs: readonly Output[], isGrouped: boolean, depth: number): ResultColumn[] {
  const groups = Map.groupBy(outputs, ({ path }) => path[depth] ?? '');
  return [...groups].map(([step, members]) => {
    const [first] = members as [Output];
    if (first.path.length === depth + 1) return described(first, step, isGrouped);
    const below = members.filter(({ path }) => path.length > depth + 1);
    return { ...column(step, 'SObject'), joinColumns: nested(below, isGrouped, depth + 1) };
  });
}

function described({ kind, column: source }: Output, step: string, isGrouped: boolean): ResultColumn {
  const field = source?.field;
  return {
    ...column(step, APEX[kind] ?? (isNumeric(kind) ? 'Double' : 'String')),
    aggregate: isGrouped,
    booleanType: kind === 'Checkbox',
    custom: field?.isCustom ?? false,
    insertable: field?.isCreateable ?? false,
    numberType: isNumeric(kind),
    textType: !isNumeric(kind) && APEX[kind] === undefined,
    updatable: field?.isUpdateable ?? false,
  };
}

const column = (columnName: string, apexType: string): ResultColumn => ({
  aggregate: false,
  apexType,
  booleanType: false,
  columnName,
  custom: false,
  displayName: columnName,
  foreignKeyName: null,
  insertable: false,
  joinColumns: [],
  numberType: false,
  textType: false,
  updatable: false,
});
