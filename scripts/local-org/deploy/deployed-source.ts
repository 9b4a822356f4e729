import { goesWith } from '../../metadata/apply-destructive.ts';
import { partElement } from '../../metadata/component-types.ts';
import { splitName, type Component } from '../../metadata/read/component.ts';
import { canonicalXml, parseXml, textOf } from '../../metadata/xml.ts';
import type { Store } from '../store/store.ts';

/** One definition as it was deployed. */
export interface SourceFile {
  readonly type: string;
  readonly fullName: string;
  /** Path in a retrieved zip; parts of one object share theirs. */
  readonly path: string;
  readonly text: string;
}

const TABLE = '"local_org_source"';

export const createSourceTable = (store: Store): void =>
  store.exec(
    `CREATE TABLE IF NOT EXISTS ${TABLE} ("type" TEXT, "fullName" TEXT, "path" TEXT, "text" TEXT, PRIMARY KEY ("type", "fullName", "path"))`,
  );

/** Remembers what a deploy brought, so that it can be retrieved, and forgets what it removed. */
export function keepSource(
  store: Store,
  components: readonly Component[],
  removed: readonly { readonly componentType: string; readonly fullName: string }[],
): void {
  for (const { type, fullName, zipPath, node, text } of components) {
    const own = type === 'CustomObject' ? canonicalXml(node) : text;
    store.run(`INSERT OR REPLACE INTO ${TABLE} VALUES (?, ?, ?, ?)`, type, fullName, zipPath, own);
  }
  for (const { componentType, fullName } of removed) {
    store.run(`DELETE FROM ${TABLE} WHERE "type" = ? AND "fullName" = ?`, componentType, fullName);
    // An object takes its parts along.
    if (componentType === 'CustomObject') {
      store.run(`DELETE FROM ${TABLE} WHERE "path" = ?`, `objects/${fullName}.object`);
      for (const file of all(store).filter((each) => goesWith(fullName, each)))
        store.run(`DELETE FROM ${TABLE} WHERE "path" = ?`, file.path);
    }
  }
  const labels = removed.filter((each) => each.componentType === 'CustomLabel').map((each) => each.fullName);
  if (labels.length > 0) forgetLabels(store, new Set(labels));
}

/** Labels share one file: it shrinks, and goes with the last of them. */
function forgetLabels(store: Store, names: ReadonlySet<string>): void {
  for (const { type, path, text } of all(store).filter((each) => each.type === 'CustomLabels')) {
    const root = parseXml(text);
    const children = root.children.filter((label) => !names.has(textOf(label, 'fullName') ?? ''));
    if (children.length === 0) store.run(`DELETE FROM ${TABLE} WHERE "path" = ?`, path);
    else
      store.run(
        `UPDATE ${TABLE} SET "text" = ? WHERE "type" = ? AND "path" = ?`,
        canonicalXml({ ...root, children }),
        type,
        path,
      );
  }
}

function all(store: Store): SourceFile[] {
  return store.all(`SELECT * FROM ${TABLE} ORDER BY "type", "fullName", "path"`).map((row) => ({
    type: String(row['type']),
    fullName: String(row['fullName']),
    path: String(row['path']),
    text: String(row['text']),
  }));
}

/** Definitions of a type; `names` null means all. For an object its parts come with it. */
export function findSource(store: Store, type: string, names: readonly string[] | null): SourceFile[] {
  const files = all(store);
  const isAsked = (name: string) => names === null || names.includes(name);
  if (type !== 'CustomObject') return files.filter((file) => file.type === type && isAsked(file.fullName));
  return files.filter((file) =>
    partElement(file.type) === undefined
      ? file.type === type && isAsked(file.fullName)
      : isAsked(splitName(file.fullName)[0]),
  );
}
