// A report's definition as the query a reader of SOQL would write, so that it can be run where there are no reports.
import type { FieldModel, OrgModel } from '../metadata/model.ts';
import { reportField, reportTables } from '../metadata/rules/reports.ts';
import { child, childrenOf, textOf, type XmlNode } from '../metadata/xml.ts';

export interface ReportQuery {
  readonly soql: string;
  /** Paths of the groupings in the rows, from the outside in; months as `YYYY-MM`. */
  readonly groups: readonly { readonly path: string; readonly isMonth: boolean }[];
  readonly totals: readonly { readonly path: string; readonly kind: string }[];
}

/** The query of a report over a report type of the package; throws on an operator no report of ours uses. */
export function reportQuery(report: XmlNode, reportType: XmlNode, model: OrgModel): ReportQuery {
  const columns = new Columns(reportType, model);
  const groupings = ['groupingsDown', 'groupingsAcross'].flatMap((name) => childrenOf(report, name));
  const groups = groupings.map((each) => ({
    path: columns.path(textOf(each, 'field') ?? ''),
    isMonth: textOf(each, 'dateGranularity') === 'Month',
  }));
  const shown = childrenOf(report, 'columns');
  const totals = shown.flatMap((each) =>
    childrenOf(each, 'aggregateTypes').map((kind) => ({
      path: columns.path(textOf(each, 'field') ?? ''),
      kind: kind.text.trim(),
    })),
  );
  const selected = [
    ...groups.map(({ path }) => path),
    ...shown.map((each) => columns.path(textOf(each, 'field') ?? '')),
  ];
  const filter = child(report, 'filter');
  const conditions = (filter ? childrenOf(filter, 'criteriaItems') : []).map((each) =>
    columns.condition(each),
  );
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return { soql: `SELECT ${[...new Set(selected)].join(', ')} FROM ${columns.from}${where}`, groups, totals };
}

/** Columns `Opportunity.Pilots__r$Status__c` as paths from the innermost object. */
class Columns {
  readonly from: string;
  readonly #tables;
  readonly #model: OrgModel;
  /** Table → how the innermost object reaches it: ``, `Opportunity__r.` */
  readonly #reach = new Map<string, string>();

  constructor(reportType: XmlNode, model: OrgModel) {
    this.#model = model;
    this.#tables = reportTables(reportType, model);
    const tables = [...this.#tables];
    this.from = tables.at(-1)![1].name;
    let reach = '';
    for (const [index, [table, object]] of tables.entries().toArray().reverse()) {
      this.#reach.set(table, reach);
      const parent = tables[index - 1]?.[1].name;
      const relationship = table.split('.').at(-1);
      const up = [...object.fields.values()].find(
        ({ reference }) => reference?.childName === relationship && reference?.to.includes(parent ?? ''),
      );
      reach = `${reach}${up?.reference?.parentName ?? ''}.`;
    }
  }

  path(column: string): string {
    const [table = '', field = ''] = column.split('$');
    return `${this.#reach.get(table)}${field}`;
  }

  condition(item: XmlNode): string {
    const column = textOf(item, 'column') ?? '';
    const [table = '', name = ''] = column.split('$');
    const field = reportField(name, this.#tables.get(table)!, this.#model)!;
    const operator = OPERATORS[textOf(item, 'operator') ?? ''];
    if (operator === undefined)
      throw new Error(`No SOQL for the operator ${textOf(item, 'operator')} on ${column}.`);
    const values = (textOf(item, 'value') ?? '').split(/\s*,\s*/).map((value) => literal(value, field));
    if (values.length === 1) return `${this.path(column)} ${operator} ${values[0]}`;
    return `${this.path(column)} ${operator === '=' ? 'IN' : 'NOT IN'} (${values.join(', ')})`;
  }
}

const OPERATORS: Readonly<Record<string, string>> = {
  equals: '=',
  notEqual: '!=',
  lessThan: '<',
  greaterThan: '>',
  lessOrEqual: '<=',
  greaterOrEqual: '>=',
};

function literal(value: string, { kind }: FieldModel): string {
  if (value === '') return 'null';
  if (kind === 'Checkbox') return value === '1' ? 'TRUE' : 'FALSE';
  const isBare = ['Date', 'DateTime', 'Number', 'Currency', 'Percent'].includes(kind);
  return isBare ? value : `'${value.replaceAll("'", "\\'")}'`;
}

/** Rows of the query added up as a report shows them: group → number of rows and totals. */
export function addUp(
  { groups, totals }: ReportQuery,
  rows: readonly Readonly<Record<string, unknown>>[],
): Record<string, Record<string, number>> {
  const at = (row: unknown, path: string) =>
    path.split('.').reduce<unknown>((value, step) => (value as Record<string, unknown> | null)?.[step], row);
  const key = (row: unknown) =>
    groups
      .map(({ path, isMonth }) => String(at(row, path) ?? '-').slice(0, isMonth ? 7 : undefined))
      .join(' / ');
  return Object.fromEntries(
    [...Map.groupBy(rows, key)].sort().map(([group, members]) => {
      const sums = totals.map(({ path, kind }) => {
        const values = members.map((row) => at(row, path)).filter((value) => typeof value === 'number');
        const sum = values.reduce((total, value) => total + value, 0);
        const value = kind === 'Average' ? sum / values.length : sum;
        return [`${kind} ${path.split('.').at(-1)}`, Math.round(value * 100) / 100];
      });
      return [group, { rows: members.length, ...Object.fromEntries(sums) }];
    }),
  );
}
