import { unzipSync } from 'fflate';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Component } from '../metadata/read/component.ts';
import { readComponents } from '../metadata/read/read-components.ts';
import { zipBytes } from '../package/build-zip.ts';
import { planInstall, type Drift, type InstallPlan } from '../package/plan-install.ts';
import type { PackageParts } from '../package/package-parts.ts';
import { API_VERSION, packageParts } from '../package/release.ts';
import { zipFilesOf } from '../package/zip-format.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { adminLogin, openAdminOrg, type AdminOrg } from './admin-org.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { installPreflight } from './install-preflight.ts';
import { loadTemplates } from './load-templates.ts';

export interface InstallOptions {
  readonly targetOrg?: string;
  readonly dryRun?: boolean;
  readonly overwrite?: boolean;
  readonly previous?: string;
  readonly page?: boolean;
  readonly translations?: boolean;
}

/** `pilot install`: installs or upgrades the package without losing what an admin changed. */
export async function installCommand(options: InstallOptions): Promise<void> {
  try {
    const org = await openAdminOrg(await adminLogin(options.targetOrg, process.env));
    await install(org, packageParts(), options, (line) => process.stdout.write(`${line}\n`));
    process.exitCode = EXIT.good;
  } catch (error) {
    process.exitCode = fail(error);
  }
}

/** Preflight, drift, one deploy, permission set, templates; `say` gets a line for each thing an admin should read. */
export async function install(
  org: AdminOrg,
  parts: PackageParts,
  options: InstallOptions,
  say: (line: string) => void,
): Promise<void> {
  const preflight = await installPreflight(org, parts.core);
  say(`${preflight.isUpgrade ? 'Upgrade' : 'Install'} into ${org.instanceUrl} (${preflight.edition})`);
  for (const limit of preflight.limits) say(`  limit: ${limit}`);
  for (const note of preflight.notes) say(`  note: ${note}`);
  if (preflight.stops.length > 0)
    throw new ConfigError('INSTALL_STOPPED', `Nothing was changed:\n  ${preflight.stops.join('\n  ')}`, {
      actions: ['Rename or remove what is in the way, or install into another org.'],
    });
  const plan = await planFor(org, parts, options);
  sayPlan(plan, say);
  const zip = zipBytes(zipFilesOf(plan.deploy, API_VERSION));
  const count = await org.deploy(zip, options.dryRun ?? false);
  if (options.dryRun) return say(`Dry run: the org would accept ${count} components; nothing was changed.`);
  say(`Deployed ${count} components.`);
  await keepInstalled(org, parts, options);
  await assignAdmin(org, say);
  say(await loadTemplates(org));
  for (const [index, step] of LEFT_TO_CLICK.entries()) say(`  ${index + 1}. ${step}`);
}

const LEFT_TO_CLICK = [
  'Setup > Permission Set Groups > Pilot Team, and Permission Sets > Pilot Rep: assign them to the people who work with pilots.',
  'Open an opportunity, gear > Edit Page, drag "Pilot Panel" onto your own page, Save, Activate.',
  'Setup > Flows: both flows "Pilot …" should be active; in production a setting may have left them inactive.',
  'Setup > Users: make the integration user of the sync (force-app/README.md) and run: npx pilot check',
];

async function planFor(org: AdminOrg, parts: PackageParts, options: InstallOptions): Promise<InstallPlan> {
  const ours = [
    ...distinct([...parts.seed, ...parts.core]),
    ...(options.page ? parts.page : []),
    ...(options.translations ? parts.translations : []),
  ];
  const theirs = componentsOf(await org.retrieve(requested(ours)));
  const previous = await installedBefore(org, options);
  return planInstall({ ours, theirs, previous, overwrite: options.overwrite ?? false });
}

// The policy type is in the seed and in the core.
function distinct(components: readonly Component[]): Component[] {
  return [
    ...new Map(components.map((each) => [`${each.type} ${each.fullName} ${each.zipPath}`, each])).values(),
  ];
}

function componentsOf(files: ReadonlyMap<string, string>): readonly Component[] {
  return readComponents(files).components;
}

/** Members by type; translations and code need no comparison. */
function requested(components: readonly Component[]): { name: string; members: string[] }[] {
  const compared = components.filter(({ type }) => type !== 'LightningComponentBundle');
  return [...Map.groupBy(compared, ({ type }) => type)].map(([name, members]) => ({
    name,
    members: [...new Set(members.map(({ fullName }) => fullName))],
  }));
}

async function installedFile(org: AdminOrg): Promise<string> {
  const [organization] = await org.query('SELECT Id FROM Organization');
  return `.pilot/installed/${String(organization?.['Id'])}.zip`;
}

async function installedBefore(org: AdminOrg, options: InstallOptions): Promise<readonly Component[] | null> {
  const path = options.previous ?? (await installedFile(org));
  if (!existsSync(path)) {
    if (options.previous === undefined) return null;
    throw new ConfigError('INSTALL_STOPPED', `There is no file ${path}.`, {
      actions: ['Name the core zip that was installed last, or leave --previous out.'],
    });
  }
  const zip = unzipSync(new Uint8Array(readFileSync(path)));
  const decoder = new TextDecoder();
  return componentsOf(new Map(Object.entries(zip).map(([name, bytes]) => [name, decoder.decode(bytes)])));
}

/** Keeps what was installed, so that the next upgrade can tell an admin's change from ours. */
async function keepInstalled(org: AdminOrg, parts: PackageParts, options: InstallOptions): Promise<void> {
  const path = await installedFile(org);
  const all = distinct([
    ...parts.seed,
    ...parts.core,
    ...(options.page ? parts.page : []),
    ...(options.translations ? parts.translations : []),
  ]);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, zipBytes(zipFilesOf(all, API_VERSION)));
}

function sayPlan({ deploy, drift, added }: InstallPlan, say: (line: string) => void): void {
  say(`${deploy.length} definitions to deploy, ${added} of them new.`);
  if (drift.length > 0)
    say(`${drift.length} ${drift.length === 1 ? 'differs' : 'differ'} from what was shipped:`);
  for (const each of drift) say(`  ${each.action}: ${nameOf(each)}`);
  if (drift.some(({ action }) => action === 'kept'))
    say('  What is kept stays as it is in the org; --overwrite takes ours instead.');
}

function nameOf({ type, fullName, part }: Drift): string {
  return `${type} ${fullName}${part === null ? '' : ` (${part})`}`;
}

async function assignAdmin(org: AdminOrg, say: (line: string) => void): Promise<void> {
  const [set] = await org.query("SELECT Id FROM PermissionSet WHERE Name = 'Pilot_Admin'");
  const user = await org.userId();
  const where = `AssigneeId = '${user}' AND PermissionSetId = '${String(set?.['Id'])}'`;
  const has = await org.query(`SELECT Id FROM PermissionSetAssignment WHERE ${where}`);
  if (has.length > 0) return;
  await org.create('PermissionSetAssignment', [{ AssigneeId: user, PermissionSetId: set?.['Id'] }]);
  say('You have the permission set Pilot Admin.');
}
