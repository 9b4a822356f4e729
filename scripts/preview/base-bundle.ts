// The engine and the base components, bundled once for all builds of the page: they change with an upgrade, or
// when a component of ours uses one more of them.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rollup';

const ENTRY = '\0base';
const VIRTUAL = '\0base:';
/** Patches the browser when it is loaded, so it comes before all others. */
const SHADOW = '@lwc/synthetic-shadow';

/** What our bundle imports the base bundle as; the real address is known once its contents are. */
export const BASE = 'preview:base';

/**
 * Leaves the engine and the base components out of a bundle and notes in `used` which were asked for.
 * `standIns` is the folder whose modules replace the platform's and stay in.
 */
export function leaveOutBase(standIns: string, used: Set<string>): Plugin {
  const own = new Set(readdirSync(join(standIns, 'lightning')).map((name) => `lightning/${name}`));
  return {
    name: 'leave-out-base',
    resolveId(source) {
      if (source === BASE) return { id: BASE, external: true };
      const isBase = source === 'lwc' || source === SHADOW || source.startsWith('lightning/');
      return isBase && !own.has(source) ? VIRTUAL + source : null;
    },
    load(id) {
      if (!id.startsWith(VIRTUAL)) return null;
      const source = id.slice(VIRTUAL.length);
      used.add(source);
      if (source === SHADOW) return `import '${BASE}';`;
      const name = nameOf(source);
      // Which names a module exports is the base bundle's to know.
      return {
        code: `import { ${name} } from '${BASE}'; export { ${name} as all }; export default ${name}.default;`,
        syntheticNamedExports: 'all',
      };
    },
  };
}

/** The entry of the base bundle: each module in `used` under its own name. `importer` is a file to resolve from. */
export function baseEntry(used: readonly string[], importer: string): Plugin {
  return {
    name: 'base-entry',
    resolveId(source, from) {
      if (source === ENTRY) return ENTRY;
      return from === ENTRY ? this.resolve(source, importer) : null;
    },
    load(id) {
      if (id !== ENTRY) return null;
      const modules = used.filter((source) => source !== SHADOW);
      const exported = modules.map((source) => `export * as ${nameOf(source)} from '${source}';`);
      return [`import '${SHADOW}';`, ...exported].join('\n');
    },
  };
}

export const BASE_INPUT = { base: ENTRY };

function nameOf(source: string): string {
  return source.replaceAll(/\W/g, '_');
}
