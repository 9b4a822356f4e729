// Rollup plugin for the `@salesforce/*` modules and for the list of components that may stand on a page.
// Values come from the page's settings when it runs, so that one build serves every user and language.
import { join } from 'node:path';
import type { Plugin } from 'rollup';

const VIRTUAL = '\0platform:';
// In a real folder, for what it imports is looked up from there.
const COMPONENTS = join(import.meta.dirname, 'page/components');
const VIEWER = ['locale', 'lang', 'timeZone', 'currency'];

/** `components`: names of exposed bundles, as folders below lwc. */
export function platformImports(components: readonly string[]): Plugin {
  return {
    name: 'platform-imports',
    resolveId(source) {
      if (source === 'preview:components') return COMPONENTS;
      return valueOf(source) !== null ? VIRTUAL + source : null;
    },
    load(id) {
      if (id === COMPONENTS) return listOf(components);
      return id.startsWith(VIRTUAL) ? `export default ${valueOf(id.slice(VIRTUAL.length))};` : null;
    },
  };
}

function listOf(components: readonly string[]): string {
  const imports = components.map((name) => `import ${name} from 'c/${name}';`);
  return `${imports.join('\n')}\nexport default { ${components.map((name) => `'c:${name}': ${name}`).join(', ')} };`;
}

/** JavaScript for the default export of a platform module; null leaves it to lightning-base-components. */
function valueOf(source: string): string | null {
  const label = /^@salesforce\/label\/c\.(\w+)$/.exec(source)?.[1];
  if (label !== undefined)
    return `globalThis.pilotPreview.labels[${JSON.stringify(label)}] ?? ${unknownLabel(label)}`;
  const viewer = /^@salesforce\/i18n\/(\w+)$/.exec(source)?.[1];
  if (viewer !== undefined && VIEWER.includes(viewer)) return `globalThis.pilotPreview.${viewer}`;
  const permission = /^@salesforce\/(?:customPermission|userPermission)\/(\w+)$/.exec(source)?.[1];
  if (permission !== undefined)
    return `globalThis.pilotPreview.permissions.includes('${permission}') || undefined`;
  if (source === '@salesforce/user/Id') return 'globalThis.pilotPreview.userId';
  return null;
}

function unknownLabel(name: string): string {
  return `(() => { throw new Error('Custom label ${name} is in no labels file.'); })()`;
}
