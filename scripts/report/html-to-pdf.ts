import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { FatalError } from '../salesforce/pilot-error.ts';
import type { FoundBrowser } from './find-browser.ts';

const run = promisify(execFile);
const TIMEOUT_MS = 60_000;

/**
 * Prints a document without scripts as PDF, at the page size of its style.
 * @throws FatalError PDF_FAILED when the browser makes none
 */
export async function htmlToPdf(html: string, browser: FoundBrowser): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'pilot-report-'));
  try {
    const page = join(folder, 'report.html');
    const pdf = join(folder, 'report.pdf');
    await writeFile(page, html, { mode: 0o600 });
    // https://developer.chrome.com/docs/automation/headless: --no-pdf-header-footer leaves out address and time.
    const args = [
      ...browser.args,
      '--headless',
      '--disable-dev-shm-usage',
      `--user-data-dir=${join(folder, 'profile')}`,
      '--no-pdf-header-footer',
      `--print-to-pdf=${pdf}`,
      pathToFileURL(page).href,
    ];
    await run(browser.executablePath, args, { env: browser.env, timeout: TIMEOUT_MS }).catch(failed);
    const bytes = await readFile(pdf).catch(failed);
    return bytes.subarray(0, 5).toString('latin1') === '%PDF-' ? bytes : failed(new Error('no PDF'));
  } finally {
    // The browser's children may still write into the profile for a moment.
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function failed(cause: unknown): never {
  throw new FatalError('PDF_FAILED', 'The browser printed no PDF.', {
    cause,
    actions: [
      'Name another browser: CHROME=/path/to/chrome npx pilot report …',
      'Or write the page and print it from any browser: --out report.html',
    ],
  });
}
