// The preview shows the JavaScript that ships, so it must be no older than the TypeScript it comes from.
import { execFile } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Runs the page's TypeScript compiler when a component has no JavaScript yet or an older one. */
export async function compileComponents(root: string): Promise<void> {
  const lwc = join(root, 'force-app/main/default/lwc');
  const sources = globSync('*/*.ts', { cwd: lwc }).filter((file) => !file.endsWith('.d.ts'));
  if (!sources.some((file) => isStale(join(lwc, file)))) return;
  try {
    await promisify(execFile)(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', lwc]);
  } catch (cause) {
    const said = (cause as { stdout?: string }).stdout ?? '';
    throw new Error(`The page's components do not compile:\n${said}Fix them and start again.`, { cause });
  }
}

function isStale(source: string): boolean {
  const built = source.replace(/\.ts$/, '.js');
  return !existsSync(built) || statSync(built).mtimeMs < statSync(source).mtimeMs;
}
