// sfdmu as a subject of the bench: the plugin, unmodified and with its defaults, loads ready rows from CSV files.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCsv } from '../salesforce/csv.ts';
import { CLIENTS } from '../testing/clients/clients-folder.ts';
import { startSfCli, type SfCli } from '../testing/clients/sf-cli.ts';
import { measured, type Cost } from './measured-command.ts';
import type { BenchOrg } from './pilot-org.ts';
import { nameOf, type ObjectRows } from './written-rows.ts';

const PLUGIN = join(CLIENTS, 'node_modules/sfdmu');

/** Why sfdmu cannot be measured here and how to change that; null when it can. */
export function sfdmuMissing(): string | null {
  return existsSync(PLUGIN)
    ? null
    : 'sfdmu is not installed; npm run test:clients -- sfdmu installs it into .pilot/clients.';
}

/** The CLI with the plugin. */
export async function startSfdmu(): Promise<SfCli> {
  const cli = startSfCli();
  const linked = await cli.text(['plugins', 'link', PLUGIN, '--no-install']);
  if (linked.code !== 0) throw new Error(`sfdmu cannot be linked: ${linked.raw}`);
  return cli;
}

/** One load into the org. @throws Error with the plugin's own words when it did not end with success */
export async function measuredSfdmu(
  cli: SfCli,
  { org, loaderToken }: BenchOrg,
  objects: readonly ObjectRows[],
): Promise<Cost> {
  const folder = join(cli.home, 'load');
  mkdirSync(folder);
  try {
    // Its `-u <username>` reads a table of another command that looks different by now; a login in the file works.
    const orgs = [{ name: 'bench', instanceUrl: org.url, accessToken: loaderToken }];
    const plan = { orgs, objects: objects.map(objectOf) };
    writeFileSync(join(folder, 'export.json'), JSON.stringify(plan));
    for (const rows of objects) writeFileSync(join(folder, `${rows.object}.csv`), csvOf(rows));
    const args = ['-s', 'csvfile', '-u', 'bench', '-p', folder, '--noprompt', '--nowarnings'];
    const { answer, ...cost } = await measured((environment) =>
      cli.text(['sfdmu', 'run', ...args, '--apiversion', '66.0'], environment),
    );
    if (answer.code !== 0) throw new Error(`sfdmu ended with exit code ${answer.code}: ${answer.raw}`);
    return cost;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function objectOf({ object, key, columns, isNew }: ObjectRows) {
  return {
    query: `SELECT ${[key, ...columns].join(', ')} FROM ${object}`,
    operation: isNew ? 'Upsert' : 'Update',
    externalId: key,
  };
}

function csvOf({ key, columns, references, rows }: ObjectRows): string {
  const header = [key, ...columns.map((column) => (references.includes(column) ? nameOf(column) : column))];
  const lines = rows.map((row) => [key, ...columns].map((column) => String(row[column] ?? '')));
  // It looks for the columns in the bare first line: quoted names it does not find.
  return `${header.join(',')}\n${writeCsv(lines)}`;
}
