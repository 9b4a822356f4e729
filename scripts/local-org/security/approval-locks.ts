import type { ObjectModel } from '../../metadata/model.ts';
import { masterFields } from '../model-index.ts';
import type { Row, Store } from '../store/store.ts';

export const createApprovalLocks = (store: Store): void =>
  store.exec('CREATE TABLE IF NOT EXISTS "local_org_approval" ("Id" TEXT PRIMARY KEY)');

/** Ids of records that wait for an approval, as the table holds them: every save asks. */
const locked = new WeakMap<Store, Set<string>>();

function lockedIds(store: Store): Set<string> {
  const known = locked.get(store);
  if (known !== undefined) return known;
  const ids = new Set(store.all('SELECT "Id" FROM "local_org_approval"').map((row) => String(row['Id'])));
  locked.set(store, ids);
  return ids;
}

/** The record waits in an approval process from now on. */
export function lockForApproval(store: Store, id: string): void {
  lockedIds(store).add(id);
  store.run('INSERT OR IGNORE INTO "local_org_approval" VALUES (?)', id);
}

export function releaseFromApproval(store: Store, id: string): void {
  lockedIds(store).delete(id);
  store.run('DELETE FROM "local_org_approval" WHERE "Id" = ?', id);
}

/**
 * True when the record, or a master that asks its details' writers for Read/Write, waits for an approval. Where
 * the relationship contents itself with Read, details can be written under a locked master: users describe that
 * of new details; whether the platform lets existing ones be edited is not known.
 * https://help.salesforce.com/apex/HTViewHelpDoc?id=platform.approvals_create_recordeditability.htm
 */
export function isLockedForApproval(store: Store, object: ObjectModel, row: Row): boolean {
  const ids = lockedIds(store);
  if (ids.size === 0) return false;
  const masters = masterFields(object).filter(({ reference }) => reference?.writeRequiresMasterRead !== true);
  return ['Id', ...masters.map(({ name }) => name)].some((name) => ids.has(String(row[name])));
}
