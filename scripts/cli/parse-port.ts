import { ConfigError } from '../salesforce/pilot-error.ts';

/** A TCP port, 0 for any free one. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new ConfigError('BAD_OPTION', `--port ${text} is not a port.`, {
    actions: ['Write a number from 1 to 65535, or 0 for any free port.'],
  });
}

/** The error of a server that could not listen, as one a person can act on; any other error as it is. */
export function listenError(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  const why = code === 'EACCES' ? 'may not be used by this user' : 'is in use';
  return new ConfigError('PORT_IN_USE', `Port ${port} ${why}.`, {
    actions: [
      `Take another one: --port ${port === 0 ? 4290 : port + 10}`,
      `See who has it: ss -ltnp 'sport = :${port}'`,
    ],
    cause: error,
  });
}
