import type { Store } from '../store/store.ts';

/** A bell that rang, as `GET /local-org/notifications` tells it. */
export interface SentNotification {
  readonly id: string;
  readonly sentAt: string;
  readonly sentBy: string;
  readonly typeId: string;
  readonly recipientIds: readonly string[];
  readonly title: string;
  readonly body: string;
  readonly targetId: string | null;
}

/** A flow that ended without a fault path to take; an org mails this to its administrator. */
export interface FlowFaultEntry {
  readonly at: string;
  readonly flow: string;
  readonly recordId: string;
  readonly message: string;
}

/** Notifications and faults have no object that the API could query, so they have tables of their own. */
const TABLES = `
CREATE TABLE IF NOT EXISTS "local_org_notification" ("id" TEXT PRIMARY KEY, "entry" TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS "local_org_flow_fault" ("id" INTEGER PRIMARY KEY, "entry" TEXT NOT NULL)`;

export const createFlowLog = (store: Store): void => store.exec(TABLES);

export function addNotification(store: Store, notification: Omit<SentNotification, 'id'>): void {
  const entry: SentNotification = { id: store.mintId('0ps'), ...notification };
  store.run('INSERT INTO "local_org_notification" VALUES (?, ?)', entry.id, JSON.stringify(entry));
}

export const addFlowFault = (store: Store, entry: FlowFaultEntry): void =>
  void store.run('INSERT INTO "local_org_flow_fault" ("entry") VALUES (?)', JSON.stringify(entry));

export const notificationsOf = (store: Store): SentNotification[] =>
  entries<SentNotification>(store, 'local_org_notification');

export const flowFaultsOf = (store: Store): FlowFaultEntry[] =>
  entries<FlowFaultEntry>(store, 'local_org_flow_fault');

const entries = <T>(store: Store, table: string): T[] =>
  store
    .all(`SELECT "entry" FROM "${table}" ORDER BY rowid`)
    .map(({ entry }) => JSON.parse(String(entry)) as T);
