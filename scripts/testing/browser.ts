// A real Chromium for the tests: the one named in CHROME, one of the system, or the packaged one that brings
// its own libraries (Linux x64).
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Starts a headless browser; rejects with what to install when there is none for this machine. */
export async function launchBrowser(environment: NodeJS.ProcessEnv = process.env): Promise<Browser> {
  const executablePath = environment['CHROME'] ?? systemBrowser(environment['PATH'] ?? '');
  // Inside containers there is no user namespace for the sandbox; the tests open our own pages only.
  if (executablePath) return chromium.launch({ executablePath, args: ['--no-sandbox'] });
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium found. Install one, or name its program in CHROME, and run again.');
  }
  return launchPackaged(environment);
}

function systemBrowser(path: string): string | undefined {
  const candidates = path
    .split(delimiter)
    .flatMap((folder) => SYSTEM_NAMES.map((name) => join(folder, name)));
  return candidates.find((file) => existsSync(file));
}

async function launchPackaged(environment: NodeJS.ProcessEnv): Promise<Browser> {
  // The package unpacks 200 MB into the temporary folder, and adds its own libraries (nss and others, which
  // a bare machine lacks) only if it believes to be on AWS Lambda. It reads both when it is loaded.
  const folder = join(import.meta.dirname, '../../.pilot/chromium');
  mkdirSync(folder, { recursive: true });
  process.env['TMPDIR'] = folder;
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs24.x';
  const { default: packaged, setupLambdaEnvironment } = await import('@sparticuz/chromium');
  const executablePath = await packaged.executablePath();
  setupLambdaEnvironment(join(folder, 'al2023', 'lib'));
  const env = { ...environment, LD_LIBRARY_PATH: process.env['LD_LIBRARY_PATH'] ?? '', TMPDIR: folder };
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'], env });
}
