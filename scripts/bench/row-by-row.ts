// The script that people write first: one call per row with jsforce, whatever the org holds already. Run as a command it
// takes a file of rows (`node row-by-row.ts ROWS.json`) and the login from the environment.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Connection } from 'jsforce';
import { API_VERSION } from '../salesforce/client.ts';
import { measured, type Cost } from './measured-command.ts';
import type { BenchOrg } from './pilot-org.ts';
import type { Cells, ObjectRows } from './written-rows.ts';

/** Writes every row of the objects into the org. @throws Error when the script failed */
export async function measuredRowByRow(
  { org, loaderToken, folder }: BenchOrg,
  objects: readonly ObjectRows[],
): Promise<Cost> {
  const file = join(folder, 'rows.json');
  writeFileSync(file, JSON.stringify(objects));
  const login = { PILOT_ACCESS_TOKEN: loaderToken, PILOT_INSTANCE_URL: org.url };
  const { answer: _, ...cost } = await measured((environment) =>
    promisify(execFile)(process.execPath, [import.meta.filename, file], {
      env: { ...process.env, ...login, ...environment },
    }),
  );
  return cost;
}

async function writeAll(connection: Connection, objects: readonly ObjectRows[]): Promise<void> {
  const pilots = await idsByKey(connection, 'Pilot__c', 'Name');
  for (const { object, key, references, isNew, rows } of objects) {
    const ids = isNew ? null : await idsByKey(connection, object, key);
    for (const row of rows) {
      const cells = {
        ...row,
        ...Object.fromEntries(references.map((name) => [name, pilots.get(String(row[name]))])),
      };
      if (ids === null) await upsert(connection, object, key, cells);
      else await update(connection, object, key, ids, cells);
    }
  }
}

async function idsByKey(connection: Connection, object: string, key: string): Promise<Map<string, string>> {
  const { records } = await connection.query<Cells>(`SELECT Id, ${key} FROM ${object}`, {
    autoFetch: true,
    maxFetch: 10_000_000,
  });
  return new Map(records.map((row) => [String(row[key]), String(row['Id'])]));
}

async function upsert(connection: Connection, object: string, key: string, cells: Cells): Promise<void> {
  refuseFailure(await connection.sobject(object).upsert(cells, key));
}

async function update(
  connection: Connection,
  object: string,
  key: string,
  ids: ReadonlyMap<string, string>,
  { [key]: name, ...cells }: Cells,
): Promise<void> {
  refuseFailure(await connection.sobject(object).update({ Id: ids.get(String(name))!, ...cells }));
}

function refuseFailure(result: { readonly success: boolean; readonly errors: readonly unknown[] }): void {
  if (!result.success) throw new Error(JSON.stringify(result.errors));
}

if (import.meta.main) {
  const { PILOT_ACCESS_TOKEN: accessToken, PILOT_INSTANCE_URL: instanceUrl } = process.env;
  const connection = new Connection({
    accessToken: accessToken!,
    instanceUrl: instanceUrl!,
    version: API_VERSION,
  });
  await writeAll(connection, JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as ObjectRows[]);
}
