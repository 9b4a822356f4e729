// What lightning-base-components needs outside Salesforce. Each line was a build or a page that failed.
import type { Plugin } from 'rollup';

const NO_ICONS = '\0no-right-to-left-icons';

export function baseComponentFixes(): Plugin {
  return {
    name: 'base-component-fixes',
    resolveId(source) {
      // Mirrored icons double the bundle; neither language of the preview is written right to left.
      return /^lightning\/iconSvgTemplates.*Rtl$/.test(source) ? NO_ICONS : null;
    },
    load(id) {
      return id === NO_ICONS ? 'export default {};' : null;
    },
    transform(code) {
      // Vite's flag, undefined in a plain browser.
      return code.includes('import.meta.env.SSR')
        ? { code: code.replaceAll('import.meta.env.SSR', 'false'), map: null }
        : null;
    },
    renderChunk(code) {
      return { code: code.replaceAll('process.env.NODE_ENV', '"production"'), map: null };
    },
  };
}
