import { z } from 'zod';
import type { SalesforceClient } from './client.ts';
import { queryByIds } from './query-by-ids.ts';
import { readInRanges } from './read-in-ranges.ts';
import { SCHEMA } from './schema.ts';
import { selectOf } from './select-of.ts';
import { soql, soqlNames, type Soql } from './soql.ts';

/** What is read of one object. */
export interface Reading<Shape extends z.ZodObject> {
  readonly object: keyof typeof SCHEMA;
  /** Has an Id. */
  readonly row: Shape;
  /** Conditions joined by AND. */
  readonly where: Soql;
}

interface Identified {
  readonly Id: string;
}

/** Rows on their way; their ids come first, in the org's order. */
export interface RowsToCome<Row> {
  readonly ids: Promise<readonly string[]>;
  readonly rows: Promise<Row[]>;
}

/**
 * Rows of an object with several long texts, each of which is read by a query of its own: one for two or more custom long
 * texts gets pages of 200 rows, however short these are, and wide rows make pages small.
 * https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/api/sforce_api_calls_soql_changing_batch_size.htm
 * Rows that appear meanwhile are left for the next run, rows deleted meanwhile are left out.
 */
export function readLongTexts<Shape extends z.ZodObject>(
  client: SalesforceClient,
  { object, row, where }: Reading<Shape>,
  onRows: (rows: number) => void,
): RowsToCome<z.infer<Shape>> {
  const from = soql`FROM ${soqlNames(object)}`;
  const long = longTextsOf(object, row);
  const short = only(row, (name) => !long.includes(name));
  const query = soql`SELECT ${selectOf(short)} ${from} WHERE ${where} ORDER BY Id`;
  const main = client.query(query, short as unknown as z.ZodType<Identified>, onRows);
  const ids = main.then((found) => found.map(({ Id }) => Id));
  // Whoever awaits the rows learns of a failure; not everybody awaits the ids.
  ids.catch(() => undefined);
  const texts = long.map(async (text) => {
    const shape = only(row, (name) => name === 'Id' || name === text);
    const select = soql`SELECT ${selectOf(shape)} ${from}`;
    const one = shape as unknown as z.ZodType<Identified>;
    const ranged = { from: soql`${select} WHERE ${where}`, key: 'Id', row: one } as const;
    const found = new Map(
      (await readInRanges(client, ranged, ids, () => undefined)).map((each) => [each.Id, each]),
    );
    // What stopped to meet the conditions in between is still there.
    const missing = (await ids).filter((id) => !found.has(id));
    const late = await queryByIds(client, missing, (some) => soql`${select} WHERE Id IN ${some}`, one);
    return new Map([...found, ...late.map((each) => [each.Id, each] as const)]);
  });
  const rows = Promise.all([main, ...texts]).then(([known, ...found]) =>
    known
      .filter(({ Id }) => found.every((text) => text.has(Id)))
      .map((each) => Object.assign({}, each, ...found.map((text) => text.get(each.Id)!)) as z.infer<Shape>),
  );
  return { ids, rows };
}

function longTextsOf(object: keyof typeof SCHEMA, row: z.ZodObject): string[] {
  const fields: Readonly<Record<string, { readonly kind: string }>> = SCHEMA[object].fields;
  return Object.keys(row.shape).filter((name) => fields[name]?.kind === 'LongTextArea');
}

function only(row: z.ZodObject, isRead: (name: string) => boolean): z.ZodObject {
  return z.object(Object.fromEntries(Object.entries(row.shape).filter(([name]) => isRead(name))));
}
