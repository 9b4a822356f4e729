import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../cli/pilot.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the command line in a process of its own, as a shell in `folder` does; `environment` goes before that of this
 * process. Standard input is empty and closed unless a stream is given; one that fails breaks the pipe.
 */
export async function runPilot(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  input?: Readable,
): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const closed = once(child, 'close') as Promise<[number | null]>;
  if (input) await pipeline(input, child.stdin).catch(() => undefined);
  else child.stdin.end();
  const [code] = await closed;
  return { code, stdout, stderr };
}
