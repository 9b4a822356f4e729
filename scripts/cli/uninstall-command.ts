import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipBytes } from '../package/build-zip.ts';
import type { PackageParts } from '../package/package-parts.ts';
import { packageParts } from '../package/release.ts';
import { ownObjects, uninstallStages } from '../package/uninstall-stages.ts';
import { removeSample } from '../sample/remove-sample.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { adminLogin, openAdminOrg, type AdminOrg } from './admin-org.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';

export interface UninstallOptions {
  readonly targetOrg?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly export: string;
}

/** `pilot uninstall`: exports the data, then removes the package in stages. */
export async function uninstallCommand(options: UninstallOptions): Promise<void> {
  try {
    const org = await openAdminOrg(await adminLogin(options.targetOrg, process.env));
    await uninstall(org, packageParts(), options, (line) => process.stdout.write(`${line}\n`));
    process.exitCode = EXIT.good;
  } catch (error) {
    process.exitCode = fail(error);
  }
}

/** Nothing is removed without `yes`; every row of the package's objects is written to `export` before that. */
export async function uninstall(
  org: AdminOrg,
  parts: PackageParts,
  options: UninstallOptions,
  say: (line: string) => void,
): Promise<void> {
  const objects = [];
  for (const object of ownObjects(parts)) if (await org.fields(object)) objects.push(object);
  if (objects.length === 0) return say('The package is not in this org.');
  const rows = await exportRows(org, objects, options.export);
  say(`${rows} records of ${objects.length} objects are written to ${options.export}.`);
  if (!options.yes && !options.dryRun)
    throw new ConfigError(
      'UNINSTALL_NOT_CONFIRMED',
      `Uninstalling deletes ${rows} records and 13 fields of every opportunity.`,
      {
        actions: ['Look at the export, take the panel off your pages, then run again with --yes.'],
      },
    );
  if (options.dryRun) return say('Dry run: nothing was removed.');
  await takeSampleOut(org, say);
  await unassign(org, parts, say);
  for (const [index, { title, files }] of uninstallStages(parts).entries()) {
    await org.deploy(zipBytes(files), false);
    say(`${index + 1}. ${title}: done`);
  }
  say('The package is gone. Spanish translations of its fields went with them.');
}

/** Sample customers are rows of standard objects, which no removal of ours would take along. */
async function takeSampleOut(org: AdminOrg, say: (line: string) => void): Promise<void> {
  const { foreign, counts } = await removeSample(org);
  if (foreign.length > 0)
    say(
      `The sample's accounts stay, because these hang on them and are not of the sample: ${foreign.join(', ')}.`,
    );
  else if (counts['Account']! > 0)
    say(`Sample data is removed: ${counts['Opportunity']} deals with their pilots.`);
}

async function exportRows(org: AdminOrg, objects: readonly string[], folder: string): Promise<number> {
  mkdirSync(folder, { recursive: true });
  let count = 0;
  for (const object of objects) {
    const names = ((await org.fields(object)) ?? []).map(({ name }) => name);
    const rows = await org.query(`SELECT ${names.join(', ')} FROM ${object}`);
    const lines = rows.map((row) =>
      JSON.stringify(Object.fromEntries(names.map((name) => [name, row[name]]))),
    );
    writeFileSync(join(folder, `${object}.jsonl`), lines.map((line) => `${line}\n`).join(''), {
      mode: 0o600,
    });
    count += rows.length;
  }
  return count;
}

/** A permission set that somebody has cannot be deleted. */
async function unassign(org: AdminOrg, { core }: PackageParts, say: (line: string) => void): Promise<void> {
  const names = core.filter(({ type }) => type === 'PermissionSet').map(({ fullName }) => `'${fullName}'`);
  const groups = core
    .filter(({ type }) => type === 'PermissionSetGroup')
    .map(({ fullName }) => `'${fullName}'`);
  const assigned = await org.query(
    `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name IN (${names.join(', ')})`,
  );
  const grouped = await org.query(
    `SELECT Id FROM PermissionSetAssignment WHERE PermissionSetGroup.DeveloperName IN (${groups.join(', ')})`,
  );
  const ids = [...new Set([...assigned, ...grouped].map((row) => String(row['Id'])))];
  await org.remove('PermissionSetAssignment', ids);
  say(`${ids.length} permission set assignments are removed.`);
}
