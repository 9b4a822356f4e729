import { FatalError } from './pilot-error.ts';

/**
 * The absolute address of `path` on the org, refused when it lies anywhere else. Paths come from
 * answers too (`nextRecordsUrl`, job URLs), and the access token goes wherever the address points.
 * Both sides are compared as parsed origins: a suffix check accepts `https://evil.example/x.salesforce.com`.
 */
export function sameOrigin(instanceUrl: string, path: string): string {
  const base = new URL(instanceUrl);
  const absolute = URL.canParse(path) ? new URL(path) : null;
  // A string sum instead of `new URL(path, base)`, which would read `//services/data` as the host `services`.
  const target = absolute ?? new URL(base.origin + (path.startsWith('/') ? path : `/${path}`));
  if (target.origin !== base.origin || target.username !== '' || target.password !== '') {
    throw new FatalError(
      'FOREIGN_URL',
      `An answer of ${base.origin} pointed to ${target.origin}; the token was not sent there.`,
      {
        actions: [
          'Check the instance URL of the login.',
          'If it is right, somebody is rewriting answers: ask your network team.',
        ],
      },
    );
  }
  return target.href;
}
