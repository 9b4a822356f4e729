import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { NotifyConfig } from './notify-config.ts';
import type { Alarm } from './run-watch.ts';

/** Why a notice did not arrive, without its address, which is a secret; null when it did. */
export type Undelivered = string | null;

/** Tells the ping service that a run began or ended. Never rejects; takes `timeout_seconds` at most. */
export async function ping(
  { ping_url: url, timeout_seconds: timeout }: NotifyConfig,
  event: 'started' | 'finished' | 'failed',
): Promise<Undelivered> {
  if (url === null) return null;
  const suffix = { started: '/start', finished: '', failed: '/fail' }[event];
  return await post(`the ping (${event})`, `${url.replace(/\/$/, '')}${suffix}`, '', timeout);
}

/** Pages somebody, by address and by command. Never rejects; answers every way that failed. */
export async function alert(
  config: NotifyConfig,
  alarm: Alarm,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string[]> {
  const { alert_url: url, alert_command: command, timeout_seconds: timeout } = config;
  const body = JSON.stringify({ title: 'Pilot sync', why: alarm.why, message: alarm.message });
  const ways = [
    ...(url === null ? [] : [post('the alert address', url, body, timeout)]),
    ...(command === null ? [] : [run(command, body, timeout, environment)]),
  ];
  return (await Promise.all(ways)).filter((failure) => failure !== null);
}

async function post(what: string, url: string, body: string, timeoutSeconds: number): Promise<Undelivered> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
    });
    await answer.body?.cancel();
    return answer.ok ? null : `${what} answered ${answer.status}`;
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return `${what} ${isLate ? `did not answer in ${timeoutSeconds} s` : 'could not be reached'}`;
  }
}

async function run(
  [program, ...args]: readonly string[],
  body: string,
  timeoutSeconds: number,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Undelivered> {
  try {
    const child = spawn(program!, args, {
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: timeoutSeconds * 1000,
      killSignal: 'SIGKILL',
      // The program learns what happened, not how to log in.
      env: { PATH: environment['PATH'], HOME: environment['HOME'] },
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(body);
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    if (signal !== null) return `the alert command was ended by ${signal} after at most ${timeoutSeconds} s`;
    return code === 0 ? null : `the alert command ended with exit code ${code}`;
  } catch {
    return 'the alert command could not be started';
  }
}
