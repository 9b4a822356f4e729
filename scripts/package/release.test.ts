import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { it } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { buildRelease, packageParts } from './release.ts';

const parts = packageParts();
const release = buildRelease('1.2.3', parts);

it('the same sources give the same bytes', () => {
  assert.deepEqual(buildRelease('1.2.3', packageParts()), release);
});

it('SHA256SUMS holds the checksum of every zip', () => {
  const lines = strFromU8(release.get('SHA256SUMS')!).trim().split('\n');
  const zips = [...release.keys()].filter((file) => file.endsWith('.zip'));
  assert.deepEqual(
    lines,
    zips.map((file) => `${createHash('sha256').update(release.get(file)!).digest('hex')}  ${file}`),
  );
  assert.equal(zips.length, 7);
});

it('the core leaves policy values to the seed, so that a zip deploy of an upgrade keeps the admin’s', () => {
  const paths = (part: string) => Object.keys(unzipSync(release.get(`pilot-tracker-1.2.3-${part}.zip`)!));
  assert.ok(!paths('core').some((path) => path.startsWith('customMetadata/')));
  assert.ok(paths('seed').includes('customMetadata/PilotPolicy.Default.md'));
});

it('uninstalling names no part of an object that goes as a whole', () => {
  const last = unzipSync(release.get('pilot-tracker-1.2.3-uninstall-3.zip')!);
  const text = strFromU8(last['destructiveChanges.xml']!);
  assert.match(text, /<members>Opportunity\.Lead_Pilot__c</);
  assert.doesNotMatch(text, /<members>Pilot__c\./);
});
