// Report types, reports and dashboards: what they show must be there to be shown.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_reporttype.htm
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_report.htm
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_dashboard.htm
import type { FieldModel, ObjectModel, OrgModel } from '../model.ts';
import { resolveName } from '../resolve-name.ts';
import { child, childrenOf, textOf, type XmlNode } from '../xml.ts';
import { definitionsOf, findField, rule, type Rule } from './rule.ts';

/** The tables of a report type: `Opportunity`, `Opportunity.Pilots__r` → object; a wrong join gives none. */
export function reportTables(reportType: XmlNode, model: OrgModel): Map<string, ObjectModel> {
  const tables = new Map<string, ObjectModel>();
  let path = textOf(reportType, 'baseObject') ?? '';
  let object = model.objects.get(path);
  for (let node: XmlNode | undefined = reportType; node && object;) {
    tables.set(path, object);
    const join: XmlNode | undefined = child(node, 'join');
    const relationship = (join && textOf(join, 'relationship')) ?? '';
    path = `${path}.${relationship}`;
    object = join && childObject(object.name, relationship, model);
    node = join;
  }
  return tables;
}

function childObject(parent: string, relationship: string, model: OrgModel): ObjectModel | undefined {
  return [...model.objects.values()].find((object) =>
    [...object.fields.values()].some(
      ({ reference }) => reference?.childName === relationship && reference.to.includes(parent),
    ),
  );
}

/** The field a report type names: `Status__c`, or through a lookup `Sponsor__c.Email`. */
export function reportField(name: string, object: ObjectModel, model: OrgModel): FieldModel | undefined {
  const path = name.split('.').map((step, index, all) => {
    const reference = index < all.length - 1 ? object.fields.get(step)?.reference : null;
    return reference ? reference.parentName : step;
  });
  const resolved = resolveName(path.join('.'), object, model);
  return resolved.kind === 'field' ? resolved.field : undefined;
}

function joinsOf(node: XmlNode): XmlNode[] {
  const join = child(node, 'join');
  return join ? [join, ...joinsOf(join)] : [];
}

const base = rule('report-types/base', 'ReportType', ({ node }, { model }, fail) => {
  const name = textOf(node, 'baseObject') ?? '';
  if (!model.objects.has(name))
    fail(`The base object ${name} does not exist.`, 'Correct <baseObject>.', child(node, 'baseObject'));
});

const join = rule('report-types/join', 'ReportType', ({ node }, { model }, fail) => {
  const joins = joinsOf(node);
  const known = reportTables(node, model).size;
  if (model.objects.has(textOf(node, 'baseObject') ?? '') && known < joins.length + 1)
    fail(
      `The relationship ${textOf(joins[known - 1]!, 'relationship') ?? ''} does not exist on its parent.`,
      'Write the child relationship name, with __r where custom.',
      joins[known - 1],
    );
  if (joins.length > 3)
    fail('A report type joins at most four objects.', 'Take the last join out.', joins[3]);
  if (
    joins.some(
      (each, index) =>
        index > 0 &&
        textOf(joins[index - 1]!, 'outerJoin') === 'true' &&
        textOf(each, 'outerJoin') === 'false',
    )
  )
    fail('After an outer join every join is outer.', 'Set <outerJoin>true</outerJoin>.', joins.at(-1));
});

const typeColumn = rule('report-types/column', 'ReportType', ({ node }, { model }, fail) => {
  const tables = reportTables(node, model);
  const seen = new Set<string>();
  for (const column of childrenOf(node, 'sections').flatMap((each) => childrenOf(each, 'columns'))) {
    const [table = '', name = ''] = [textOf(column, 'table') ?? '', textOf(column, 'field') ?? ''];
    const object = tables.get(table);
    if (!object) fail(`The table ${table} is not joined here.`, 'Write Base.Child__r.', column);
    else if (!reportField(name, object, model))
      fail(`Field ${name} does not exist on ${object.name}.`, 'Correct <field>.', column);
    if (seen.size === seen.add(`${table}$${name}`).size)
      fail(`The column ${table}$${name} stands twice.`, 'Keep one.', column);
  }
});

const reportType = rule('reports/type', 'Report', ({ node }, pkg, fail) => {
  const name = textOf(node, 'reportType');
  if (name === null || isFolder(node)) return;
  const at = child(node, 'reportType');
  const objects = /^CustomEntity(?:CustomEntity)?\$(.+)$/.exec(name)?.[1]?.split(/[$@]/) ?? [];
  const gone = objects.find((each) => /^\w+__c$/.test(each) && !pkg.model.objects.has(each));
  if (gone) fail(`The report type ${name} needs ${gone}, which does not exist.`, 'Correct it.', at);
  if (!name.includes('$') && name.endsWith('__c') && !customType(name, pkg))
    fail(`invalid report type: ${name}`, 'Write DeveloperName__c of a report type in the package.', at);
});

type Package = Parameters<typeof definitionsOf>[0];

function customType(name: string, pkg: Package): XmlNode | undefined {
  return definitionsOf(pkg, 'ReportType').get(name.replace(/__c$/, ''));
}

function isFolder(node: XmlNode): boolean {
  return node.name.endsWith('Folder');
}

/** Where a report names a column, with the element that does. */
function namedColumns(report: XmlNode): { readonly name: string; readonly at: XmlNode }[] {
  const inside = (element: string, key: string) =>
    childrenOf(report, element).map((at) => ({ name: textOf(at, key) ?? '', at }));
  const filter = child(report, 'filter');
  const chart = child(report, 'chart');
  const items = filter ? childrenOf(filter, 'criteriaItems') : [];
  const sorted = child(report, 'sortColumn');
  return [
    ...inside('columns', 'field'),
    ...inside('groupingsDown', 'field'),
    ...inside('groupingsAcross', 'field'),
    ...items.map((at) => ({ name: textOf(at, 'column') ?? '', at })),
    ...(chart ? childrenOf(chart, 'chartSummaries') : []).map((at) => ({
      name: textOf(at, 'column') ?? '',
      at,
    })),
    ...(sorted ? [{ name: sorted.text.trim(), at: sorted }] : []),
  ].filter(
    ({ name }) => name !== 'RowCount' && !name.startsWith('FORMULA') && !name.startsWith('BucketField'),
  );
}

const column = rule('reports/column', 'Report', ({ node }, pkg, fail) => {
  const type = customType(textOf(node, 'reportType') ?? '', pkg);
  const offered = new Set(
    (type ? childrenOf(type, 'sections') : [])
      .flatMap((each) => childrenOf(each, 'columns'))
      .map((each) => `${textOf(each, 'table') ?? ''}$${textOf(each, 'field') ?? ''}`),
  );
  for (const { name, at } of namedColumns(node)) {
    if (type && !offered.has(name))
      fail(`The column ${name} is not in the report type.`, 'Add it to the report type, or correct it.', at);
    const own = /^(\w+__c)\.(\w+__c)$/.exec(name);
    if (!type && own && pkg.model.objects.has(own[1]!) && !findField(pkg.model, name))
      fail(`The column ${name} does not exist.`, 'Correct the field.', at);
  }
});

/** The field behind a column `Base.Child__r$Field`, for a report type of the package. */
function columnField(name: string, type: XmlNode, model: OrgModel): FieldModel | undefined {
  const [table = '', field = ''] = name.split('$');
  const object = reportTables(type, model).get(table);
  return object && reportField(field, object, model);
}

const grouping = rule('reports/grouping', 'Report', ({ node }, _pkg, fail) => {
  if (isFolder(node)) return;
  const format = textOf(node, 'format');
  const [down, across] = [childrenOf(node, 'groupingsDown'), childrenOf(node, 'groupingsAcross')];
  const most = format === 'Tabular' ? 0 : format === 'Matrix' ? 2 : 3;
  if (format === 'Summary' && down.length === 0)
    fail('A Summary report needs groupingsDown.', 'Add <groupingsDown>.', child(node, 'format'));
  if (format === 'Matrix' && (down.length === 0 || across.length === 0))
    fail('A Matrix report needs groupings down and across.', 'Add both.', child(node, 'format'));
  if (format !== 'Matrix' && across.length > 0)
    fail(`A ${format ?? ''} report has no groupingsAcross.`, 'Use Matrix.', across[0]);
  if (format !== 'MultiBlock' && (down.length > most || across.length > 2))
    fail(`A ${format ?? ''} report groups by ${most} fields at most.`, 'Take one out.', down.at(-1));
  const chart = child(node, 'chart');
  const groups = [...down, ...across].map((each) => textOf(each, 'field'));
  for (const element of ['groupingColumn', 'secondaryGroupingColumn']) {
    const by = chart && textOf(chart, element);
    if (by && !groups.includes(by))
      fail(
        `The chart groups by ${by}, the report does not.`,
        'Name one of the groupings.',
        child(chart, element),
      );
  }
});

const filter = rule('reports/filter', 'Report', ({ node }, pkg, fail) => {
  const type = customType(textOf(node, 'reportType') ?? '', pkg);
  const filters = child(node, 'filter');
  if (!filters) return;
  const items = childrenOf(filters, 'criteriaItems');
  for (const item of type ? items : []) {
    const name = textOf(item, 'column') ?? '';
    const values = columnField(name, type!, pkg.model)?.picklist;
    const asked = (textOf(item, 'value') ?? '').split(/\s*,\s*/).filter(Boolean);
    const wrong = values?.isRestricted
      ? asked.find((value) => !values.values.some((each) => each.value === value))
      : undefined;
    if (wrong !== undefined) fail(`${name} has no value "${wrong}".`, 'Correct the filter value.', item);
  }
  const logic = textOf(filters, 'booleanFilter');
  const numbers = (logic?.match(/\d+/g) ?? []).map(Number);
  if (
    logic !== null &&
    (numbers.some((each) => each < 1 || each > items.length) || new Set(numbers).size < items.length)
  )
    fail(
      `The filter logic "${logic}" does not name the ${items.length} filters.`,
      'Number them from 1.',
      child(filters, 'booleanFilter'),
    );
});

const folder = rule('reports/folder', ['Report', 'Dashboard'], ({ type, fullName, node }, pkg, fail) => {
  if (isFolder(node)) {
    if (node.name !== `${type}Folder` || textOf(node, 'name') === null)
      fail(`The folder ${fullName} has no name.`, 'Add <name>.');
    return;
  }
  const name = fullName.split('/').slice(0, -1).join('/');
  const isThere = definitionsOf(pkg, type).has(name);
  if (!isThere && name !== 'unfiled$public')
    fail(`Cannot find folder:${name}`, `Add its ${type.toLowerCase()}Folder-meta.xml.`);
});

function partsOf(dashboard: XmlNode): XmlNode[] {
  const sections = ['leftSection', 'middleSection', 'rightSection'].flatMap((name) =>
    childrenOf(dashboard, name),
  );
  const grid = child(dashboard, 'dashboardGridLayout');
  const cells = grid ? childrenOf(grid, 'dashboardGridComponents') : [];
  return [
    ...sections.flatMap((each) => childrenOf(each, 'components')),
    ...cells.flatMap((each) => childrenOf(each, 'dashboardComponent')),
  ];
}

const UNGROUPED = new Set(['Metric', 'Table', 'FlexTable', 'Gauge', 'Scontrol', 'VisualforcePage']);

const dashboardReport = rule('dashboards/report', 'Dashboard', ({ node }, pkg, fail) => {
  const reports = definitionsOf(pkg, 'Report');
  for (const part of partsOf(node)) {
    const name = textOf(part, 'report');
    const report = name === null ? undefined : reports.get(name);
    if (name !== null && !report)
      fail(
        `no Report named ${name} found`,
        'Write Folder/Report of a report in the package.',
        child(part, 'report'),
      );
    const kind = textOf(part, 'componentType') ?? '';
    if (report && !UNGROUPED.has(kind) && childrenOf(report, 'groupingsDown').length === 0)
      fail(
        `A ${kind} chart needs a report with groupings; ${name} has none.`,
        'Group the report, or use a Metric.',
        part,
      );
  }
});

const runningUser = rule('dashboards/running-user', 'Dashboard', ({ node }, _pkg, fail) => {
  const at = child(node, 'runningUser');
  const type = textOf(node, 'dashboardType');
  if (type === 'LoggedInUser' && at)
    fail('A dashboard of the logged-in user names no running user.', 'Remove <runningUser>.', at);
});

export const REPORT_RULES: readonly Rule[] = [
  base,
  join,
  typeColumn,
  reportType,
  column,
  grouping,
  filter,
  folder,
  dashboardReport,
  runningUser,
];
