// What an admin changes and adds in Setup between two versions, as the deploy it amounts to.
import type { Component } from '../metadata/read/component.ts';
import { readComponents } from '../metadata/read/read-components.ts';
import { API_VERSION } from '../package/release.ts';
import { zipFilesOf } from '../package/zip-format.ts';

const POLICY = 'customMetadata/PilotPolicy.Default.md';
const PILOT = 'objects/Pilot__c.object';

const OWN_FIELD =
  '<fields><fullName>Own__c</fullName><label>Own</label><length>20</length><type>Text</type></fields>';
const OWN_VALUE =
  '<value><fullName>Workshop</fullName><default>false</default><label>Workshop</label></value>';

/**
 * Files of a deploy over the given version: 21 days between check-ins instead of the shipped number, 33 in a record
 * `Default_Override` of the admin's own, the field `Pilot__c.Own__c`, and the value _Workshop_ of `Purpose__c`.
 */
export function adminChanges(version: readonly Component[]): Map<string, string> {
  const touched = ['PilotPolicy.Default', 'Pilot__c.Purpose__c'];
  const files = zipFilesOf(
    version.filter(({ fullName }) => touched.includes(fullName)),
    API_VERSION,
  );
  const days = (text: string, number: string) =>
    replaced(text, /(<field>Check_In_Days__c<\/field>\s*<value[^>]*>)[^<]*/, `$1${number}`);
  const policy = files.get(POLICY)!;
  const pilot = replaced(files.get(PILOT)!, '</valueSetDefinition>', `${OWN_VALUE}</valueSetDefinition>`);
  files.set(POLICY, days(policy, '21'));
  files.set(
    POLICY.replace('Default', 'Default_Override'),
    replaced(days(policy, '33'), /<label>[^<]*/, '<label>Our own'),
  );
  files.set(PILOT, replaced(pilot, '</CustomObject>', `${OWN_FIELD}</CustomObject>`));
  return zipFilesOf(readComponents(files).components, API_VERSION);
}

function replaced(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`Nothing to change: the version holds no ${String(from)}.`);
  return changed;
}
