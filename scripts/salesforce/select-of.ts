import { z } from 'zod';
import { soqlNames, type Soql } from './soql.ts';

/** The SELECT list of a row schema: its keys, with nested objects as parent paths (`Opportunity__r.CloseDate`). */
export function selectOf(row: z.ZodObject): Soql {
  return soqlNames(...paths(row, ''));
}

function paths(row: z.ZodObject, prefix: string): string[] {
  return Object.entries(row.shape).flatMap(([name, schema]) => {
    const inner = schema instanceof z.ZodNullable ? schema.unwrap() : schema;
    return inner instanceof z.ZodObject ? paths(inner, `${prefix}${name}.`) : [`${prefix}${name}`];
  });
}
