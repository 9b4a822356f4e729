// A real Chromium for the tests.
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { findBrowser } from '../report/find-browser.ts';

/** Starts a headless browser; rejects with what to install when there is none for this machine. */
export async function launchBrowser(environment: NodeJS.ProcessEnv = process.env): Promise<Browser> {
  const { executablePath, args, env } = await findBrowser(environment);
  return chromium.launch({ executablePath, args: [...args], env });
}
