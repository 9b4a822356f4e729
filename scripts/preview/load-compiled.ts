// The page from what another compiler made of the package's components. Salesforce's own compiler answers with
// one AMD module per bundle, `define(name, dependencies, factory)`, which runs here as it is.
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { Plugin } from 'rollup';

export interface BundleCompiler {
  /** With its version; a build is kept under it. */
  readonly name: string;
  /** The AMD module of a bundle from its `files`, text by name. Rejects with what does not compile. */
  readonly compile: (bundle: string, files: Readonly<Record<string, string>>) => Promise<string>;
}

/** The sources of a bundle that a compiler takes, text by name. */
export function bundleFiles(folder: string): Record<string, string> {
  const names = globSync('*.{js,html,css}', { cwd: folder }).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** Rollup plugin: every bundle below `lwc` is what `compiler` made of it. */
export function loadCompiled(lwc: string, compiler: BundleCompiler): Plugin {
  return {
    name: 'load-compiled',
    resolveId(source) {
      const name = /^c\/(\w+)$/.exec(source)?.[1];
      return name === undefined ? null : join(lwc, name, `${name}.js`);
    },
    async load(id) {
      const name = basename(id, '.js');
      if (id !== join(lwc, name, `${name}.js`)) return null;
      const code = asModule(await compiler.compile(name, bundleFiles(dirname(id))));
      return { code, syntheticNamedExports: 'all', map: null };
    },
  };
}

/** An ES module around an AMD module, whose text stays untouched. */
function asModule(amd: string): string {
  const wanted = dependenciesOf(amd);
  const imports = wanted.map((source, index) =>
    source === 'exports' ? '' : `import * as from${index} from '${source}';`,
  );
  const values = wanted.map((source, index) => (source === 'exports' ? 'all' : `from${index}`));
  return `${imports.join('\n')}
const all = {};
let value;
const define = (name, dependencies, factory) => {
  value = factory(${values.join(', ')}) ?? all.default;
};
${amd}
export { all };
export default value;
`;
}

function dependenciesOf(amd: string): readonly string[] {
  const found: (readonly string[])[] = [];
  const define = (_name: string, dependencies: readonly string[]) => found.push([...dependencies]);
  runInNewContext(amd, { define });
  const [dependencies] = found;
  if (dependencies === undefined || found.length > 1)
    throw new Error(`Expected one AMD module, found ${found.length} in: ${amd.slice(0, 80)}`);
  return dependencies;
}
