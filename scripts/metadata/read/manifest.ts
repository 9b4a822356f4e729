import { childrenOf, textOf, type XmlNode } from '../xml.ts';

/** `package.xml` or `destructiveChanges.xml`. */
export interface Manifest {
  readonly file: string;
  readonly apiVersion: string | null;
  /** Type → members, `*` included. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
  readonly node: XmlNode;
}

/** Reads the root `<Package>` of a manifest; wrong shapes give an empty manifest and are found by rules. */
export function readManifest(file: string, node: XmlNode): Manifest {
  const members = new Map<string, ReadonlySet<string>>();
  for (const types of childrenOf(node, 'types')) {
    const name = textOf(types, 'name');
    if (name === null) continue;
    // The sf CLI 2.150 names a report folder `Pilot_Reports/`; the folder's own name has no slash.
    const listed = childrenOf(types, 'members').map((each) => each.text.trim().replace(/\/$/, ''));
    members.set(name, new Set([...(members.get(name) ?? []), ...listed]));
  }
  return { file, apiVersion: textOf(node, 'version'), members, node };
}
