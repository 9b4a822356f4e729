import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { smallPackage } from '../metadata/fixture/small-package.ts';
import { readPackage } from '../metadata/read-package.ts';
import { canonicalXml, childrenOf, parseXml, textOf } from '../metadata/xml.ts';
import { buildPackageZip, PROJECT_DIR } from './build-zip.ts';
import { PackageError } from './package-error.ts';
import { PACKAGE_ROOTS } from './package-roots.ts';
import { readProject } from './read-project.ts';
import { toZipFormat } from './zip-format.ts';

const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function projectOf(files: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  folders.push(folder);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

describe('toZipFormat', () => {
  it('keeps the meaning: both forms give one model', () => {
    for (const files of [smallPackage(), readProject(PROJECT_DIR, ['force-app/main']).files]) {
      const project = readPackage(files);
      const zip = readPackage(toZipFormat(files));
      assert.deepEqual(zip.problems, project.problems);
      assert.deepEqual(zip.model, project.model);
    }
  });
});

describe('buildPackageZip', () => {
  it('gives the same bytes for the same files, whenever they were written', () => {
    const first = buildPackageZip({ projectDir: projectOf(smallPackage()) });
    const second = buildPackageZip({ projectDir: projectOf(new Map([...smallPackage()].reverse())) });
    assert.deepEqual(second, first);
    assert.ok(Object.keys(unzipSync(first)).includes('package.xml'));
  });

  const BUNDLE = 'force-app/main/default/lwc/dealPanel/dealPanel';
  const refused = (folder: string, code: string, message: RegExp) =>
    assert.throws(
      () => buildPackageZip({ projectDir: folder }),
      (error) =>
        error instanceof PackageError &&
        error.code === code &&
        message.test(error.message) &&
        error.actions.length > 0,
    );

  it('refuses a component whose script is missing', () => {
    const files = smallPackage();
    files.delete(`${BUNDLE}.js`);
    refused(projectOf(files), 'PACKAGE_STALE_COMPONENT', /dealPanel\.js is missing/);
  });

  it('refuses a component whose script is older than its source', () => {
    const folder = projectOf(smallPackage().set(`${BUNDLE}.ts`, 'export default 1;'));
    utimesSync(join(folder, `${BUNDLE}.js`), 1, 1);
    refused(folder, 'PACKAGE_STALE_COMPONENT', /dealPanel\.js is older than .*dealPanel\.ts/);
  });

  it('refuses a file that belongs to no metadata type', () => {
    refused(
      projectOf(smallPackage().set('force-app/main/default/notes.txt', 'x')),
      'PACKAGE_UNKNOWN_FILE',
      /notes\.txt/,
    );
  });

  for (const root of Object.values(PACKAGE_ROOTS))
    it(`holds the files and definitions that Salesforce’s own converter makes of ${root}`, async () => {
      // Not through buildPackageZip, which would refuse a component that is being edited.
      const ours = toZipFormat(readProject(PROJECT_DIR, [root]).files);
      const theirs = new Map(
        Object.entries(unzipSync(await convertedBySalesforce(root))).map(([path, bytes]) => [
          path,
          strFromU8(bytes),
        ]),
      );
      const paths = (zip: ReadonlyMap<string, string>) =>
        [...zip.keys()].filter((path) => !path.endsWith('/')).sort();
      assert.deepEqual(paths(ours), paths(theirs));
      for (const path of paths(ours)) {
        if (path === 'package.xml') continue;
        const comparable = /\.(js|html|css)$/.test(path) ? (text: string) => text : definition;
        assert.equal(comparable(ours.get(path)!), comparable(theirs.get(path)!), path);
      }
      // The converter ends the name of a report folder with a slash; the documentation does not.
      const members = (zip: ReadonlyMap<string, string>) =>
        new Map(
          childrenOf(parseXml(zip.get('package.xml')!), 'types').map((types) => [
            textOf(types, 'name'),
            childrenOf(types, 'members')
              .map((each) => each.text.replace(/\/$/, ''))
              .sort(),
          ]),
        );
      for (const [type, names] of members(theirs))
        assert.deepEqual(members(ours).get(type), names, type ?? '');
    });
});

// The order of unlike elements carries no meaning.
function definition(xml: string): string {
  const parts = parseXml(xml).children.map((each) => canonicalXml(each));
  return parts.sort().join('\n');
}

async function convertedBySalesforce(root: string): Promise<Buffer> {
  const { ComponentSet, MetadataConverter } = await import('@salesforce/source-deploy-retrieve');
  const components = ComponentSet.fromSource(join(PROJECT_DIR, root));
  components.sourceApiVersion = '67.0';
  const { zipBuffer } = await new MetadataConverter().convert(components, 'metadata', { type: 'zip' });
  assert.ok(zipBuffer);
  return zipBuffer;
}
