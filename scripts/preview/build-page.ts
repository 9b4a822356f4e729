// Bundles the package's components with the real base components for a browser. The result is kept by the
// hash of everything that went in.
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RollupLwcOptions } from '@lwc/rollup-plugin';
import type { Plugin, RollupLog } from 'rollup';
import { baseComponentFixes } from './base-component-fixes.ts';
import { compileComponents } from './compile-components.ts';
import { platformImports } from './platform-imports.ts';
import { rememberTransforms } from './remember-transforms.ts';

const HERE = import.meta.dirname;
// The newest API version that the compiler of LWC 8.28 knows.
const COMPILER_API_VERSION = 66;

export interface BuiltPage {
  /** Holds `record-page.js` and its chunks. */
  readonly folder: string;
  /** Names of the bundles that may stand on a page, `pilotPanel`. */
  readonly components: readonly string[];
}

/** Builds, or finds the build of exactly these sources below `build/preview`. */
export async function buildPage(root: string, progress: (line: string) => void): Promise<BuiltPage> {
  await compileComponents(root);
  const lwc = join(root, 'force-app/main/default/lwc');
  const components = exposedBundles(lwc);
  const folder = join(root, 'build/preview', hashOf(root, lwc));
  const memory = join(root, 'build/preview', `base-components-${hashOfTools(root)}.json`);
  if (existsSync(folder)) return { folder, components };
  progress('building the opportunity page');
  const began = performance.now();
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await bundle(lwc, components, unfinished, memory);
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  progress(`page built in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return { folder, components };
}

async function bundle(
  lwc: string,
  components: readonly string[],
  folder: string,
  memory: string,
): Promise<void> {
  const { rollup } = await import('rollup');
  const lwcModule = await import('@lwc/rollup-plugin');
  // A CommonJS module that replaces its own exports by the function, which its types do not say.
  const lwcPlugin = lwcModule.default as unknown as (options: RollupLwcOptions) => Plugin;
  const bundles = globSync('*/*.js-meta.xml', { cwd: lwc }).map((file) => file.split('/')[0]!);
  const build = await rollup({
    input: join(HERE, 'page/record-page.js'),
    onwarn: refuseUnresolved,
    // Halves the time of a build; the bundle grows by 8 %.
    treeshake: false,
    plugins: [
      baseComponentFixes(),
      platformImports(components),
      rememberTransforms(
        lwcPlugin({
          rootDir: join(HERE, 'platform'),
          // First match wins: ours, then stand-ins for platform modules, then the base components.
          modules: [
            ...bundles.map((name) => ({ name: `c/${name}`, path: join(lwc, name, `${name}.js`) })),
            { dir: join(HERE, 'platform') },
            { npm: 'lightning-base-components' },
          ],
          apiVersion: COMPILER_API_VERSION,
          // Plain modules, no components.
          exclude: [/\0/, `${HERE}/**`],
          enableDynamicComponents: true,
          // Without it lightning-combobox dies: attachInternals is not supported in synthetic shadow.
          enableSyntheticElementInternals: true,
        }),
        memory,
      ),
    ],
  });
  await build.write({
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunk-[name].js',
  });
  await build.close();
}

function refuseUnresolved(warning: RollupLog, warn: (warning: RollupLog) => void): void {
  if (warning.code === 'UNRESOLVED_IMPORT') throw new Error(warning.message);
  const place = String(warning.id ?? warning.loc?.file ?? warning.ids ?? '');
  if (!place.includes('node_modules')) warn(warning);
}

function exposedBundles(lwc: string): string[] {
  return globSync('*/*.js-meta.xml', { cwd: lwc })
    .filter((file) => readFileSync(join(lwc, file), 'utf8').includes('<isExposed>true</isExposed>'))
    .map((file) => file.split('/')[0]!)
    .sort();
}

function hashOf(root: string, lwc: string): string {
  const own = [
    ...filesOf(lwc, '*/*.{js,html,css,xml}'),
    ...filesOf(HERE, '{page,platform}/**/*.{js,html,css}'),
  ];
  return hashOfFiles([...own, ...tools(root)]);
}

/** Changes when the compiler, its settings or the base components do. */
function hashOfTools(root: string): string {
  return hashOfFiles(tools(root));
}

function tools(root: string): string[] {
  const settings = filesOf(HERE, '{build-page,platform-imports,base-component-fixes,remember-transforms}.ts');
  return [...settings, ...filesOf(root, 'node_modules/{lwc,lightning-base-components,rollup}/package.json')];
}

function filesOf(folder: string, pattern: string): string[] {
  return globSync(pattern, { cwd: folder })
    .sort()
    .map((file) => join(folder, file));
}

function hashOfFiles(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}
