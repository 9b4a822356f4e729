import type { OrgModel } from '../../metadata/model.ts';
import { childrenOf, parseXml, textOf } from '../../metadata/xml.ts';

export interface PermissionSetGroup {
  readonly name: string;
  readonly label: string;
  /** Names of the permission sets that an assignment brings. */
  readonly permissionSets: readonly string[];
}

const groups = new WeakMap<OrgModel, readonly PermissionSetGroup[]>();

/** The groups of a model, read once. Muting permission sets are not known here. */
export function permissionSetGroups(model: OrgModel): readonly PermissionSetGroup[] {
  const known = groups.get(model);
  if (known !== undefined) return known;
  const read = model.others
    .filter(({ type }) => type === 'PermissionSetGroup')
    .map(({ fullName, xml }) => {
      const node = parseXml(xml);
      return {
        name: fullName,
        label: textOf(node, 'label') ?? fullName,
        permissionSets: childrenOf(node, 'permissionSets').map(({ text }) => text.trim()),
      };
    });
  groups.set(model, read);
  return read;
}
