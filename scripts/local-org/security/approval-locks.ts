import type { ObjectModel } from '../../metadata/model.ts';
import { masterFields } from '../model-index.ts';
import type { Row, Store } from '../store/store.ts';

export const createApprovalLocks = (store: Store): void =>
  store.exec('CREATE TABLE IF NOT EXISTS "local_org_approval" ("Id" TEXT PRIMARY KEY)');

/** The record waits in an approval process from now on. */
export const lockForApproval = (store: Store, id: string): void =>
  void store.run('INSERT OR IGNORE INTO "local_org_approval" VALUES (?)', id);

export const releaseFromApproval = (store: Store, id: string): void =>
  void store.run('DELETE FROM "local_org_approval" WHERE "Id" = ?', id);

/**
 * True when the record, or a master that asks its details' writers for Read/Write, waits for an approval. Where
 * the relationship contents itself with Read, details can be written under a locked master: users describe that
 * of new details; whether the platform lets existing ones be edited is not known.
 * https://help.salesforce.com/apex/HTViewHelpDoc?id=platform.approvals_create_recordeditability.htm
 */
export function isLockedForApproval(store: Store, object: ObjectModel, row: Row): boolean {
  const masters = masterFields(object).filter(({ reference }) => reference?.writeRequiresMasterRead !== true);
  return ['Id', ...masters.map(({ name }) => name)].some(
    (name) => store.get('SELECT 1 FROM "local_org_approval" WHERE "Id" = ?', row[name] ?? null) !== undefined,
  );
}
