import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../cli/pilot.ts', import.meta.url));

/** Where programs and their compiled code lie: what a process is started with when it may know nothing else of this one. */
export const TO_START_NODE: Readonly<Record<string, string>> = Object.fromEntries(
  ['PATH', 'NODE_COMPILE_CACHE'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  }),
);

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Starts `pilot …` in a process of its own and in `folder`, with nothing of this one's environment but what is given, as a
 * service does. Standard input is empty and closed unless a stream is given; one that fails breaks the pipe.
 */
export function spawnPilot(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  input?: Readable,
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: { ...TO_START_NODE, HOME: folder, TMPDIR: folder, ...environment },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  if (input) void pipeline(input, child.stdin).catch(() => undefined);
  else child.stdin.end();
  const ended = once(child, 'close').then((values) => {
    const [code, signal] = values as [number | null, NodeJS.Signals | null];
    return { code, signal, ...output };
  });
  return { child, ended };
}
