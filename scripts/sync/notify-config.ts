import { z } from 'zod';

const address = z.url({ protocol: /^https?$/, error: 'is not an http or https address' });

/** Whom a run tells how it ended; all off by default. The environment goes before the two addresses. */
export const NotifyConfig = z.strictObject({
  /** A run posts to ADDRESS/start, then to ADDRESS (exit code 0 or 1) or ADDRESS/fail (2 or 3). */
  ping_url: address.nullable().default(null),
  /** Posted to as JSON when somebody must be paged. */
  alert_url: address.nullable().default(null),
  /** Started with the same JSON on standard input: program and arguments, no shell. */
  alert_command: z
    .array(z.string().min(1))
    .min(1, { error: 'must name the program to start; leave the key out where there is none' })
    .nullable()
    .default(null),
  /** How long each of them may take. */
  timeout_seconds: z.number().min(1).max(60).default(10),
});
export type NotifyConfig = z.infer<typeof NotifyConfig>;

/** Addresses of this kind are secrets, so they may come from the environment: PILOT_PING_URL, PILOT_ALERT_URL. */
export function notifyFrom(
  config: NotifyConfig,
  environment: Readonly<Record<string, string | undefined>>,
): NotifyConfig {
  return {
    ...config,
    ping_url: environment['PILOT_PING_URL'] ?? config.ping_url,
    alert_url: environment['PILOT_ALERT_URL'] ?? config.alert_url,
  };
}
