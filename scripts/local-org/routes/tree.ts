import type { Hono } from 'hono';
import { z } from 'zod';
import type { FieldModel, ObjectModel } from '../../metadata/model.ts';
import { ApiError } from '../api-error.ts';
import { childReferences } from '../model-index.ts';
import { saveError, type SaveError } from '../save/save-error.ts';
import { saveRecords } from '../save/save-records.ts';
import { readJson, RecordBody } from './json-body.ts';
import { visibleObject } from './records.ts';
import { saveContext, type OrgContext, type OrgEnv, type Services } from './services.ts';
import { DUPLICATE_REFERENCE } from './subrequests.ts';

// https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobject_tree.htm
const MAX_RECORDS = 200;
const MAX_TYPES = 5;
const MAX_LEVELS = 5;

const Tree = z.object({ records: z.array(RecordBody).min(1) });
const Children = z.object({ records: z.array(RecordBody) });
const Attributes = z.object({ type: z.string(), referenceId: z.string().min(1) });

/** One record of a tree; `parent` and `link` say under which record it goes and by which field. */
interface Node {
  readonly referenceId: string;
  readonly object: ObjectModel;
  readonly body: RecordBody;
  readonly level: number;
  readonly parent: Node | null;
  readonly link: FieldModel | null;
  id: string | null;
}

/** New records with their children in one call, all or none. */
export function treeRoutes(app: Hono<OrgEnv>, services: Services): void {
  app.post('/composite/tree/:object', async (context) => {
    const { records } = await readJson(context, Tree);
    const root = visibleObject(services, context);
    const nodes = records.flatMap((record) => grow(services, context, root, record, null, null));
    refuseTooLarge(nodes);
    const failures = plant(services, context, nodes);
    if (failures.length > 0) return context.json({ hasErrors: true, results: failures }, 400);
    const results = nodes.map(({ referenceId, id }) => ({ referenceId, id }));
    return context.json({ hasErrors: false, results }, 201);
  });
}

function grow(
  services: Services,
  context: OrgContext,
  object: ObjectModel,
  record: RecordBody,
  parent: Node | null,
  link: FieldModel | null,
): Node[] {
  const { attributes, ...fields } = record;
  const known = Attributes.safeParse(attributes);
  if (!known.success || known.data.type.toLowerCase() !== object.name.toLowerCase())
    throw new ApiError(
      400,
      'INVALID_INPUT',
      `Each record needs attributes.type ${object.name} and a referenceId`,
    );
  const relations = childReferences(services.org.model, object.name);
  const body: Record<string, unknown> = {};
  const below: [FieldModel, ObjectModel, RecordBody][] = [];
  for (const [name, value] of Object.entries(fields)) {
    const relation = relations.find(
      ({ field }) => field.reference?.childName?.toLowerCase() === name.toLowerCase(),
    );
    const children = relation === undefined ? undefined : Children.safeParse(value);
    if (relation === undefined || children?.success !== true) body[name] = value;
    else for (const child of children.data.records) below.push([relation.field, relation.object, child]);
  }
  const level = (parent?.level ?? 0) + 1;
  const node: Node = { referenceId: known.data.referenceId, object, body, level, parent, link, id: null };
  const children = below.flatMap(([field, type, child]) =>
    grow(services, context, visibleObject(services, context, type.name), child, node, field),
  );
  return [node, ...children];
}

function refuseTooLarge(nodes: readonly Node[]): void {
  const types = new Set(nodes.map(({ object }) => object.name)).size;
  const levels = Math.max(...nodes.map(({ level }) => level));
  if (nodes.length > MAX_RECORDS || types > MAX_TYPES || levels > MAX_LEVELS)
    throw new ApiError(
      400,
      'LIMIT_EXCEEDED',
      `A tree holds at most ${MAX_RECORDS} records of ${MAX_TYPES} types in ${MAX_LEVELS} levels, not ${nodes.length} of ${types} in ${levels}.`,
    );
}

interface Failure {
  readonly referenceId: string;
  readonly errors: readonly Pick<SaveError, 'statusCode' | 'message' | 'fields'>[];
}

/** Saves level by level. The records that failed, of the first level that has any; then nothing stays. */
function plant(services: Services, context: OrgContext, nodes: readonly Node[]): Failure[] {
  const duplicates = new Map(
    nodes
      .filter(({ referenceId }, index) =>
        nodes.some((other, at) => at < index && other.referenceId === referenceId),
      )
      .map((node) => [node.referenceId, node]),
  );
  if (duplicates.size > 0) return [...duplicates.values()].map(duplicate);
  const save = saveContext(services, context);
  return services.org.store.transaction(
    () => {
      for (let level = 1; level <= MAX_LEVELS; level += 1) {
        const failures = plantLevel(
          save,
          nodes.filter((node) => node.level === level),
        );
        if (failures.length > 0) return failures;
      }
      return [];
    },
    (failures) => failures.length === 0,
  );
}

function plantLevel(save: ReturnType<typeof saveContext>, nodes: readonly Node[]): Failure[] {
  const inputs = nodes.map(({ object, body, parent, link }) => ({
    operation: 'insert' as const,
    object,
    body: parent === null || link === null ? body : { ...body, [link.name]: parent.id },
  }));
  const results = saveRecords(save, inputs, { allOrNone: false });
  nodes.forEach((node, index) => (node.id = results[index]!.id));
  return nodes.flatMap((node, index) =>
    results[index]!.success ? [] : [failure(node, results[index]!.errors)],
  );
}

const duplicate = (node: Node): Failure =>
  failure(node, [
    saveError('INVALID_INPUT', DUPLICATE_REFERENCE),
    saveError('PROCESSING_HALTED', `Duplicate ReferenceId found: ${node.referenceId}`),
  ]);

const failure = ({ referenceId }: Node, errors: readonly SaveError[]): Failure => ({
  referenceId,
  errors: errors.map(({ statusCode, message, fields }) => ({ statusCode, message, fields })),
});
