// `npm run package`: the release's files into build/package.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_DIR } from './build-zip.ts';
import { buildRelease } from './release.ts';

const folder = join(PROJECT_DIR, 'build/package');
const { version } = JSON.parse(readFileSync(join(PROJECT_DIR, 'package.json'), 'utf8')) as {
  version: string;
};
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [file, bytes] of buildRelease(version)) {
  writeFileSync(join(folder, file), bytes);
  console.log(`build/package/${file}  ${bytes.length.toLocaleString('en-US')} bytes`);
}
