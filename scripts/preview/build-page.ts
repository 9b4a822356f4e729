// Bundles the package's components with the real base components for a browser. Both bundles are kept by the
// hash of everything that went in.
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { RollupLwcOptions } from '@lwc/rollup-plugin';
import type { InputOption, OutputOptions, Plugin, RollupBuild, RollupLog } from 'rollup';
import { BASE, BASE_INPUT, baseEntry, leaveOutBase } from './base-bundle.ts';
import { baseComponentFixes } from './base-component-fixes.ts';
import { compileComponents } from './compile-components.ts';
import { loadCompiled } from './load-compiled.ts';
import type { BundleCompiler } from './load-compiled.ts';
import { platformImports } from './platform-imports.ts';
import { removeOldBuilds } from './remove-old-builds.ts';
import { rememberTransforms } from './remember-transforms.ts';

const HERE = import.meta.dirname;
const STAND_INS = join(HERE, 'platform');
const PAGE = join(HERE, 'page/record-page.js');
const SETTINGS = join(HERE, 'page/settings.js');
// The newest API version that the compiler of LWC 8.28 knows.
const COMPILER_API_VERSION = 66;
const OUTPUT = { format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js' } as const;

export interface BuiltPage {
  /** Folder below which `builds` are. */
  readonly folder: string;
  /** Names of the two folders: ours, with `settings.js` and `record-page.js`, and the base components'. */
  readonly builds: readonly [page: string, base: string];
  /** Names of the bundles that may stand on a page, `pilotPanel`. */
  readonly components: readonly string[];
}

/**
 * Builds, or finds the build of exactly these sources below `build/preview`. `compiler` takes the place of the
 * open-source compiler for the package's own components.
 */
export async function buildPage(
  root: string,
  progress: (line: string) => void,
  compiler?: BundleCompiler,
): Promise<BuiltPage> {
  await compileComponents(root);
  const lwc = join(root, 'force-app/main/default/lwc');
  const place = { root, lwc, components: exposedBundles(lwc), folder: join(root, 'build/preview'), compiler };
  const page = `page-${hashOfText([hashOf(root, lwc), compiler?.name ?? ''])}`;
  const base = readBaseName(join(place.folder, page)) ?? (await build(place, page, progress));
  for (const name of [page, base]) utimesSync(join(place.folder, name), new Date(), new Date());
  removeOldBuilds(place.folder, Date.now());
  return { folder: place.folder, builds: [page, base], components: place.components };
}

interface Place {
  readonly root: string;
  readonly lwc: string;
  readonly components: readonly string[];
  readonly folder: string;
  readonly compiler: BundleCompiler | undefined;
}

/** Which base bundle a build imports; null when it, or that bundle, is not there. */
function readBaseName(folder: string): string | null {
  const entry = join(folder, 'record-page.js');
  if (!existsSync(entry)) return null;
  const name = /\.\.\/(base-\w+)\/base\.js/.exec(readFileSync(entry, 'utf8'))?.[1] ?? null;
  return name !== null && existsSync(join(folder, '..', name, 'base.js')) ? name : null;
}

async function build(place: Place, page: string, progress: (line: string) => void): Promise<string> {
  const { root, folder } = place;
  progress('building the opportunity page');
  const began = performance.now();
  const tools = hashOfFiles(toolsOf(root));
  const used = new Set<string>();
  const input = { settings: SETTINGS, 'record-page': PAGE };
  const bundle = await bundleOf(input, place, `components-${tools}.json`, [leaveOutBase(STAND_INS, used)]);
  const asked = [...used].sort();
  const base = `base-${hashOfText([tools, ...asked])}`;
  if (!existsSync(join(folder, base, 'base.js'))) {
    const entry = baseEntry(asked, PAGE);
    await write(await bundleOf(BASE_INPUT, place, `base-components-${tools}.json`, [entry]), folder, base);
  }
  await write(bundle, folder, page, { paths: { [BASE]: `../${base}/base.js` } });
  progress(`page built in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return base;
}

async function bundleOf(
  input: InputOption,
  { lwc, components, folder, compiler: other }: Place,
  memory: string,
  first: readonly Plugin[],
): Promise<RollupBuild> {
  const { rollup } = await import('rollup');
  const lwcModule = await import('@lwc/rollup-plugin');
  // A CommonJS module that replaces its own exports by the function, which its types do not say.
  const lwcPlugin = lwcModule.default as unknown as (options: RollupLwcOptions) => Plugin;
  const bundles = globSync('*/*.js-meta.xml', { cwd: lwc }).map((file) => file.split('/')[0]!);
  const compiler = lwcPlugin({
    rootDir: STAND_INS,
    // First match wins: ours, then stand-ins for platform modules, then the base components.
    modules: [
      ...bundles.map((name) => ({ name: `c/${name}`, path: join(lwc, name, `${name}.js`) })),
      { dir: STAND_INS },
      { npm: 'lightning-base-components' },
    ],
    apiVersion: COMPILER_API_VERSION,
    // Plain modules, no components.
    exclude: [/\0/, `${HERE}/**`, ...(other ? [`${lwc}/**`] : [])],
    enableDynamicComponents: true,
    // Without it lightning-combobox dies: attachInternals is not supported in synthetic shadow.
    enableSyntheticElementInternals: true,
  });
  return rollup({
    input,
    onwarn: refuseUnresolved,
    // Halves the time of a build; the bundle grows by 8 %.
    treeshake: false,
    plugins: [
      ...first,
      ...(other ? [loadCompiled(lwc, other)] : []),
      baseComponentFixes(),
      platformImports(components),
      rememberTransforms(compiler, join(folder, memory)),
    ],
  });
}

/** Another process may make the same build: the folder appears whole or not at all. */
async function write(
  bundle: RollupBuild,
  folder: string,
  name: string,
  options: OutputOptions = {},
): Promise<void> {
  const unfinished = join(folder, `${name}.${process.pid}`);
  mkdirSync(unfinished, { recursive: true });
  try {
    await bundle.write({ ...OUTPUT, ...options, dir: unfinished });
    await bundle.close();
    if (!existsSync(join(folder, name))) renameSync(unfinished, join(folder, name));
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
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
  return hashOfFiles([...own, ...toolsOf(root)]);
}

/** What changes with the compiler, its settings, the stand-ins that base components import, or an upgrade. */
function toolsOf(root: string): string[] {
  const settings = filesOf(
    HERE,
    '{build-page,load-compiled,base-bundle,platform-imports,base-component-fixes}.ts',
  );
  const packages = '{lwc,lightning-base-components,rollup,@lwc/rollup-plugin,@lwc/compiler}/package.json';
  return [
    ...settings,
    ...filesOf(STAND_INS, 'force/**/*.js'),
    ...filesOf(join(root, 'node_modules'), packages),
  ];
}

function filesOf(folder: string, pattern: string): string[] {
  return globSync(pattern, { cwd: folder })
    .sort()
    .map((file) => join(folder, file));
}

function hashOfFiles(files: readonly string[]): string {
  return hashOfText(files.flatMap((file) => [file, readFileSync(file, 'utf8')]));
}

function hashOfText(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 16);
}
