import type { ObjectModel, OrgModel } from './model.ts';
import { readManifest } from './read/manifest.ts';
import { splitName } from './read/component.ts';
import { parseXml } from './xml.ts';

export interface RemovedMember {
  readonly type: string;
  readonly fullName: string;
}

export interface Destroyed {
  readonly model: OrgModel;
  readonly removed: readonly RemovedMember[];
  /** Members the org does not have; a deploy warns about them and goes on. */
  readonly missing: readonly RemovedMember[];
}

/**
 * Takes the members of a `destructiveChanges.xml` out of an org; throws `XmlError` on a broken file.
 * Wildcards are not allowed there and count as missing.
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy_deleting_files.htm
 */
export function applyDestructive(model: OrgModel, destructiveChanges: string): Destroyed {
  const { members } = readManifest('destructiveChanges.xml', parseXml(destructiveChanges));
  const removed: RemovedMember[] = [];
  const missing: RemovedMember[] = [];
  let current = model;
  for (const [type, fullNames] of members) {
    for (const fullName of fullNames) {
      const next = without(current, type, fullName);
      (next ? removed : missing).push({ type, fullName });
      current = next ?? current;
    }
  }
  return { model: current, removed, missing };
}

function without(model: OrgModel, type: string, fullName: string): OrgModel | null {
  switch (type) {
    case 'CustomObject': {
      if (model.objects.get(fullName)?.kind === 'standard') return null;
      const next = drop(model, 'objects', fullName);
      return next && { ...next, others: next.others.filter((each) => !goesWith(fullName, each)) };
    }
    case 'CustomField':
    case 'ValidationRule':
      return withoutPart(model, type, fullName);
    case 'PermissionSet':
      return drop(model, 'permissionSets', fullName);
    case 'CustomMetadata':
      return drop(model, 'customMetadata', fullName.replace('.', '__mdt.'));
    case 'CustomLabel':
      return drop(model, 'labels', fullName);
    case 'CustomPermission': {
      if (!model.customPermissions.has(fullName)) return null;
      return {
        ...model,
        customPermissions: new Set([...model.customPermissions].filter((each) => each !== fullName)),
      };
    }
    default: {
      const others = model.others.filter((each) => each.type !== type || each.fullName !== fullName);
      return others.length === model.others.length ? null : { ...model, others };
    }
  }
}

/** Layouts and translations of an object cannot outlive it. */
export function goesWith(object: string, { type, fullName }: RemovedMember): boolean {
  const isItsOwn = type === 'Layout' || type === 'CustomObjectTranslation';
  return isItsOwn && fullName.startsWith(`${object}-`);
}

function drop(
  model: OrgModel,
  part: 'objects' | 'permissionSets' | 'customMetadata' | 'labels',
  name: string,
): OrgModel | null {
  const members: ReadonlyMap<string, unknown> = model[part];
  if (!members.has(name)) return null;
  return { ...model, [part]: new Map([...members].filter(([each]) => each !== name)) };
}

function withoutPart(
  model: OrgModel,
  type: 'CustomField' | 'ValidationRule',
  fullName: string,
): OrgModel | null {
  const [objectName, name] = splitName(fullName);
  const object = model.objects.get(objectName);
  if (!object) return null;
  let next: ObjectModel;
  if (type === 'CustomField') {
    if (!object.fields.get(name)?.isCustom) return null;
    next = { ...object, fields: new Map([...object.fields].filter(([each]) => each !== name)) };
  } else {
    next = { ...object, validationRules: object.validationRules.filter((each) => each.name !== name) };
    if (next.validationRules.length === object.validationRules.length) return null;
  }
  return { ...model, objects: new Map(model.objects).set(objectName, next) };
}
