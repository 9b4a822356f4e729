import type { FieldModel, ObjectModel, OrgModel } from '../../metadata/model.ts';
import { applyDestructive } from '../../metadata/apply-destructive.ts';
import type { Component } from '../../metadata/read/component.ts';
import { readPackage } from '../../metadata/read-package.ts';
import { XmlError } from '../../metadata/xml.ts';
import type { OrgState } from '../org-state.ts';
import { rollUp } from '../save/roll-ups.ts';
import type { SaveContext } from '../save/save-context.ts';
import { loadCaller } from '../security/caller.ts';
import { customKeyPrefix } from '../store/record-id.ts';
import { migrateSchema } from '../store/schema.ts';
import { quoted } from '../store/store.ts';
import { checkFormulas } from './check-formulas.ts';
import { keepSource } from './deployed-source.ts';
import {
  componentKey,
  failureOf,
  successOf,
  type ComponentFailure,
  type ComponentSuccess,
} from './component-result.ts';
import { mirrorMetadata } from './setup-rows.ts';
import { writeModel } from './stored-model.ts';

export interface DeployOutcome {
  readonly successes: readonly ComponentSuccess[];
  readonly failures: readonly ComponentFailure[];
}

type Files = ReadonlyMap<string, Uint8Array>;

/**
 * Puts a package into the org as one transaction: schema, rows that mirror metadata, recomputed roll-ups.
 * With any failure, or with `checkOnly`, nothing changes.
 */
export function deployPackage(
  org: OrgState,
  files: Files,
  userId: string,
  checkOnly: boolean,
): DeployOutcome {
  const plan = planDeploy(org, files);
  if (plan.failures.length > 0) return { successes: [], failures: plan.failures };
  org.store.transaction(
    () => {
      applyModel(org, plan.model, userId);
      keepSource(org.store, plan.components, plan.removed);
    },
    () => !checkOnly,
  );
  if (!checkOnly) org.model = plan.model;
  return { successes: plan.successes, failures: [] };
}

interface Plan extends DeployOutcome {
  readonly components: readonly Component[];
  readonly removed: readonly ComponentSuccess[];
  readonly model: OrgModel;
}

function planDeploy(org: OrgState, files: Files): Plan {
  const failures: ComponentFailure[] = [];
  const before = runDestructive(
    org.model,
    files,
    ['destructiveChangesPre.xml', 'destructiveChanges.xml'],
    failures,
  );
  const constructive = new Map([...files].filter(([name]) => !name.startsWith('destructiveChanges')));
  const { model, problems, components } = readPackage(constructive, { base: before.model });
  failures.push(...problems.map(failureOf));
  const after = runDestructive(model, files, ['destructiveChangesPost.xml'], failures);
  // What the deploy leaves behind must still compile: a field that a formula or flow reads cannot be deleted.
  if (failures.length === 0) failures.push(...checkFormulas(after.model, components));
  const known = Map.groupBy(components, componentKey);
  const successes = [...known.values()].map(([first]) => successOf(first!, org.model));
  const removed = [...before.removed, ...after.removed].filter(
    (success) => !known.has(`${success.componentType}:${success.fullName}`),
  );
  return {
    model: withKeyPrefixes(after.model, org.model),
    failures,
    successes: [...successes, ...removed],
    components,
    removed,
  };
}

function runDestructive(
  model: OrgModel,
  files: Files,
  names: readonly string[],
  failures: ComponentFailure[],
) {
  const removed: ComponentSuccess[] = [];
  let current = model;
  for (const name of names) {
    const file = files.get(name);
    if (file === undefined) continue;
    try {
      const destroyed = applyDestructive(current, new TextDecoder().decode(file));
      current = destroyed.model;
      removed.push(
        ...destroyed.removed.map(({ type, fullName }) => ({
          componentType: type,
          fullName,
          fileName: name,
          success: true as const,
          changed: true,
          created: false,
          deleted: true,
        })),
      );
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      failures.push({
        componentType: '',
        fullName: name,
        fileName: name,
        problem: `Error parsing file: ${error.message}`,
        problemType: 'Error',
        lineNumber: error.line,
        columnNumber: error.column,
        success: false,
      });
    }
  }
  return { model: current, removed };
}

/** Key prefixes are given once and stay with the object. */
function withKeyPrefixes(model: OrgModel, before: OrgModel): OrgModel {
  const taken = new Set(
    [...before.objects.values(), ...model.objects.values()].map(({ keyPrefix }) => keyPrefix),
  );
  const objects = new Map<string, ObjectModel>();
  for (const [name, object] of model.objects) {
    const keyPrefix = object.keyPrefix ?? before.objects.get(name)?.keyPrefix ?? freePrefix(object, taken);
    taken.add(keyPrefix);
    objects.set(name, object.keyPrefix === keyPrefix ? object : { ...object, keyPrefix });
  }
  return { ...model, objects };
}

function freePrefix(object: ObjectModel, taken: ReadonlySet<string | null>): string {
  const letter = object.kind === 'customMetadata' ? 'm' : 'a';
  let index = 0;
  while (taken.has(customKeyPrefix(letter, index))) index += 1;
  return customKeyPrefix(letter, index);
}

function applyModel(org: OrgState, model: OrgModel, userId: string): void {
  const { store } = org;
  const before = org.model;
  migrateSchema(store, before, model);
  mirrorMetadata(store, model, userId, org.clock.now());
  const { viewer } = loadCaller({ ...org, model }, userId);
  recomputeRollUps({ store, model, viewer, permissions: null }, before);
  writeModel(store, model);
}

/** New and changed roll-ups get their values at once; the platform does it in the background. */
function recomputeRollUps(context: SaveContext, before: OrgModel): void {
  for (const parent of context.model.objects.values()) {
    const old = before.objects.get(parent.name);
    const changed = [...parent.fields.values()].filter(
      (field) => field.rollUp !== null && !isSameRollUp(field, old?.fields.get(field.name)),
    );
    if (changed.length === 0) continue;
    const ids = context.store.all(`SELECT "Id" FROM ${quoted(parent.name)}`).map((row) => String(row['Id']));
    const relations = new Map(
      changed.map(({ rollUp: definition }) => [
        `${definition!.childObject}.${definition!.childKey}`,
        definition!,
      ]),
    );
    for (const { childObject, childKey } of relations.values()) {
      const child = context.model.objects.get(childObject);
      const key = child?.fields.get(childKey);
      if (child !== undefined && key !== undefined) rollUp(context, child, key, ids);
    }
  }
}

const isSameRollUp = (field: FieldModel, old: FieldModel | undefined): boolean =>
  JSON.stringify(field.rollUp) === JSON.stringify(old?.rollUp ?? null);
