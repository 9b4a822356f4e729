// A Chromium on this machine: the one named in CHROME, one of the system, or the packaged one that brings its own
// libraries (Linux x64).
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ConfigError } from '../salesforce/pilot-error.ts';

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
// Where installers put it on macOS and Windows, which have it on no PATH.
const SYSTEM_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

export interface FoundBrowser {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Finds a browser for pages of our own.
 * @throws ConfigError NO_BROWSER with how to get one
 */
export async function findBrowser(environment: NodeJS.ProcessEnv): Promise<FoundBrowser> {
  const executablePath = environment['CHROME'] || systemBrowser(environment['PATH'] ?? '');
  const env = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  // Inside containers there is no user namespace for the sandbox; it opens our own pages only.
  if (executablePath) {
    if (existsSync(executablePath)) return { executablePath, args: ['--no-sandbox'], env };
    throw noBrowser(`CHROME names ${executablePath}, which is not there.`);
  }
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw noBrowser('No Chromium or Chrome was found on this machine.');
  return packagedBrowser(env);
}

function systemBrowser(path: string): string | undefined {
  const candidates = path
    .split(delimiter)
    .flatMap((folder) => SYSTEM_NAMES.map((name) => join(folder, name)));
  return [...candidates, ...SYSTEM_PLACES].find((file) => existsSync(file));
}

async function packagedBrowser(env: Readonly<Record<string, string>>): Promise<FoundBrowser> {
  // The package unpacks 200 MB into the temporary folder, and adds its own libraries (nss and others, which
  // a bare machine lacks) only if it believes to be on AWS Lambda. It reads both when it is loaded.
  const folder = join(import.meta.dirname, '../../.pilot/chromium');
  mkdirSync(folder, { recursive: true });
  process.env['TMPDIR'] = folder;
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs24.x';
  const packaged = await import('@sparticuz/chromium').catch(() => {
    throw noBrowser('No Chromium or Chrome was found on this machine.');
  });
  const executablePath = await packaged.default.executablePath();
  packaged.setupLambdaEnvironment(join(folder, 'al2023', 'lib'));
  return {
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
    env: { ...env, LD_LIBRARY_PATH: process.env['LD_LIBRARY_PATH'] ?? '', TMPDIR: folder },
  };
}

function noBrowser(message: string): ConfigError {
  return new ConfigError('NO_BROWSER', message, {
    actions: [
      'Install Chromium or Google Chrome (for example: sudo apt-get install chromium), and run again.',
      'Or name its program: CHROME=/path/to/chrome npx pilot report …',
      'Or write the page and print it from any browser: --out report.html',
    ],
  });
}
