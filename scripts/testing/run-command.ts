import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const LONGEST_MS = 40 * 60_000;

/** Runs a program of node_modules/.bin, or of the path, to its end; answers what it wrote and whether it exited with 0. */
export function runCommand(
  program: string,
  args: readonly string[],
): Promise<{ readonly ok: boolean; readonly said: string }> {
  const local = `node_modules/.bin/${program}`;
  return new Promise((resolve) => {
    const child = spawn(existsSync(local) ? local : program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LONGEST_MS,
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('close', (code) => resolve({ ok: code === 0, said: said.trim() }));
    child.on('error', (error) => resolve({ ok: false, said: error.message }));
  });
}
