import { z } from 'zod';

const fieldDescription = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  length: z.number(),
  precision: z.number(),
  scale: z.number(),
  createable: z.boolean(),
  updateable: z.boolean(),
  externalId: z.boolean().optional(),
  unique: z.boolean().optional(),
  picklistValues: z.array(z.object({ value: z.string(), active: z.boolean() })),
  restrictedPicklist: z.boolean().optional(),
  calculated: z.boolean().optional(),
});

const description = z.object({
  name: z.string(),
  label: z.string(),
  createable: z.boolean(),
  updateable: z.boolean(),
  deletable: z.boolean(),
  queryable: z.boolean(),
  fields: z.array(fieldDescription),
});

export type FieldDescription = z.infer<typeof fieldDescription>;

/** An object as the calling user may see it; a field hidden from that user is not listed at all. */
export interface ObjectDescription extends Omit<z.infer<typeof description>, 'fields'> {
  readonly fields: ReadonlyMap<string, FieldDescription>;
}

/** Parses the answer of `/sobjects/X/describe`. */
export function objectDescription(body: unknown): ObjectDescription {
  const { fields, ...object } = description.parse(body);
  return { ...object, fields: new Map(fields.map((field) => [field.name, field])) };
}
