import { PackageError } from './package-error.ts';
import type { ProjectFiles } from './read-project.ts';

/**
 * Every bundle needs its `.js`, and none may be older than its `.ts`: without one the platform deploys an
 * empty component and says nothing. `changedMs` maps paths to last changes in ms.
 */
export function assertFreshComponents({ changedMs }: Pick<ProjectFiles, 'changedMs'>): void {
  for (const [path, sourceMs] of changedMs) {
    const [, stem, bundle] = /^(.*\/lwc\/([^/]+)\/.*)\.(?:js-meta\.xml|ts)$/.exec(path) ?? [];
    if (!stem || !bundle || /\/__tests__\/|\.d$/.test(stem)) continue;
    const emitted = `${stem}.js`;
    const emittedMs = changedMs.get(emitted);
    if (emittedMs === undefined)
      throw stale(`${emitted} is missing: ${bundle} would deploy as an empty component.`);
    if (path.endsWith('.ts') && emittedMs < sourceMs)
      throw stale(
        `${emitted} is older than ${path}: ${bundle} would deploy as it was before the last change.`,
      );
  }
}

function stale(message: string): PackageError {
  return new PackageError('PACKAGE_STALE_COMPONENT', message, ['npm run prepare']);
}
