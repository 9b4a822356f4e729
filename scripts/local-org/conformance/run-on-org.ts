// The same cases against a real org: PILOT_ORG=alias (a login of the sf CLI; best a scratch org).
import { mkdirSync, writeFileSync } from 'node:fs';
import { Org } from '@salesforce/core';
import { strToU8, zipSync } from 'fflate';
import { ALL_CASES } from './all-cases.ts';
import type { ConformanceCase, Step } from './conformance-case.ts';
import { runCase, type ConformanceTarget } from './conformance-runner.ts';
import { FIXTURE_PACKAGE } from './fixture-package.ts';
import { redact } from './redact.ts';

interface Outcome {
  readonly family: string;
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly why?: string;
  /** Status and body of the last answer. */
  readonly answer?: string;
}

interface Login {
  readonly url: string;
  readonly token: string;
  readonly userId: string;
  readonly username: string;
}

/**
 * Deploys the fixture package, runs every case that one user can run, writes the answers redacted to
 * `<folder>/<alias>.json`, and deletes the records it made. The fixture's objects stay in the org.
 */
export async function runOnOrg(alias: string, folder: string): Promise<{ passed: number; failed: number }> {
  const login = await logIn(alias);
  await deployFixture(login);
  const made: string[] = [];
  const outcomes: Outcome[] = [];
  for (const [family, cases] of Object.entries(ALL_CASES))
    for (const each of cases) outcomes.push({ family, ...(await tryCase(login, each, made)) });
  for (const path of made.reverse()) await send(login, 'DELETE', path);
  mkdirSync(folder, { recursive: true });
  const name = alias.includes('!') ? 'token' : alias;
  writeFileSync(`${folder}/${name}.json`, `${JSON.stringify(outcomes, null, 2)}\n`);
  for (const { family, name: title, result, why } of outcomes)
    if (result !== 'passed')
      console.log(`${result}: ${family}: ${title}${why === undefined ? '' : ` (${why})`}`);
  const count = (result: Outcome['result']) => outcomes.filter((each) => each.result === result).length;
  console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  return { passed: count('passed'), failed: count('failed') };
}

async function logIn(alias: string): Promise<Login> {
  const org = await Org.create({ aliasOrUsername: alias });
  const connection = org.getConnection('67.0');
  const { user_id: userId, username } = await connection.identity();
  return {
    url: connection.instanceUrl.replace(/\/$/, ''),
    token: connection.accessToken ?? '',
    userId,
    username,
  };
}

async function send(
  login: Login,
  method: string,
  path: string,
  body?: string | FormData,
  type?: string,
): Promise<Response> {
  return fetch(`${login.url}/services/data/v67.0${path}`, {
    method,
    headers: {
      authorization: `Bearer ${login.token}`,
      ...(type === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body }),
  });
}

const POLL_MS = 2_000;
const POLLS = 150;

async function deployFixture(login: Login): Promise<void> {
  const zip = zipSync(
    Object.fromEntries(Object.entries(FIXTURE_PACKAGE).map(([name, text]) => [name, strToU8(text)])),
  );
  const form = new FormData();
  const options = JSON.stringify({ deployOptions: { rollbackOnError: true, singlePackage: true } });
  form.set('entity_content', new Blob([options], { type: 'application/json' }));
  form.set('file', new Blob([new Uint8Array(zip)], { type: 'application/zip' }), 'package.zip');
  const started = await send(login, 'POST', '/metadata/deployRequest', form);
  const { id } = (await started.json()) as { id: string };
  for (let polls = 0; polls < POLLS; polls += 1) {
    const polled = await send(login, 'GET', `/metadata/deployRequest/${id}?includeDetails=true`);
    const { deployResult } = (await polled.json()) as { deployResult: { done: boolean; success: boolean } };
    if (!deployResult.done) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    else if (deployResult.success) return assignFixture(login);
    else throw new Error(`The fixture package could not be deployed: ${JSON.stringify(deployResult)}`);
  }
  throw new Error(`The deploy of the fixture package did not end within ${(POLLS * POLL_MS) / 1000} s.`);
}

async function assignFixture(login: Login): Promise<void> {
  const soql = encodeURIComponent("SELECT Id FROM PermissionSet WHERE Name = 'Widget_User'");
  const found = (await (await send(login, 'GET', `/query?q=${soql}`)).json()) as {
    records: { Id: string }[];
  };
  const body = JSON.stringify({ AssigneeId: login.userId, PermissionSetId: found.records[0]?.Id });
  // An assignment of an earlier run is a duplicate, which is as good.
  await send(login, 'POST', '/sobjects/PermissionSetAssignment', body, 'application/json');
}

/** An answer is kept so far: pages of rows say no more after their first. */
const KEPT_CHARACTERS = 10_000;

/** The one user of the run has the fixture's permission set; `admin` means somebody without it. */
const OTHERS: readonly Step['as'][] = ['admin', 'editor', 'reader', 'nobody'];

async function tryCase(
  login: Login,
  each: ConformanceCase,
  made: string[],
): Promise<Omit<Outcome, 'family'>> {
  const { name } = each;
  if (each.steps.some(({ as }) => OTHERS.includes(as)))
    return { name, result: 'skipped', why: 'needs a second user' };
  if (each.steps.some(({ isControl }) => isControl))
    return { name, result: 'skipped', why: 'needs what only the local org has' };
  let answer = '';
  const target: ConformanceTarget = {
    send: async (step, path, body) => {
      const received = await sendStep(login, step, path, body);
      const text = redact(`${received.status} ${received.text}`, [login.token, login.url, login.username]);
      answer = text.length > KEPT_CHARACTERS ? `${text.slice(0, KEPT_CHARACTERS)} …` : text;
      noteRecord(step, path, received.body, made);
      return received;
    },
  };
  try {
    await runCase(target, each);
    return { name, result: 'passed', answer };
  } catch (error) {
    const why = redact(error instanceof Error ? error.message : String(error), [
      login.token,
      login.url,
      login.username,
    ]);
    return { name, result: 'failed', why, answer };
  }
}

async function sendStep(login: Login, step: Step, path: string, body: unknown) {
  const headers: Record<string, string> = { ...step.headers };
  if (step.as !== 'none') headers['authorization'] = `Bearer ${login.token}`;
  if (body !== undefined) headers['content-type'] ??= 'application/json';
  const payload = step.text ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${login.url}/services/data/v67.0${path}`, {
    method: step.method,
    headers,
    ...(payload === undefined ? {} : { body: payload }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const parsed: unknown = text === '' ? null : isJson ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, body: parsed, text };
}

/** Records made one by one are deleted at the end; those of Bulk jobs and collections go with their masters. */
function noteRecord({ method }: Step, path: string, body: unknown, made: string[]): void {
  const object = /^\/sobjects\/(\w+)$/.exec(path)?.[1];
  const id = (body as { id?: unknown } | null)?.id;
  if (method === 'POST' && object !== undefined && typeof id === 'string')
    made.push(`/sobjects/${object}/${id}`);
}
