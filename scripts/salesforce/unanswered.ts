// No connection came about: the address may be wrong. Other codes tell of one that broke, or was not trusted.
const NEVER_REACHED = /^(ECONNREFUSED|ENOTFOUND|ENET|EHOST|EAI_|UND_ERR_CONNECT)/;

/** A request that got no answer; the message names the server, as the errors of `fetch` do not. */
export class Unanswered extends Error {
  /** The system's or undici's code, or BAD_PORT. */
  readonly code: string;

  constructor(url: string, code: string, cause: unknown) {
    const known = isBadPort(cause) ? 'BAD_PORT' : code;
    super(`${new URL(url).origin} ${whatHappened(known)}`, { cause });
    this.name = 'Unanswered';
    this.code = known;
  }
}

function whatHappened(code: string): string {
  if (code === 'BAD_PORT') return 'cannot be reached: HTTP clients refuse its port (bad port)';
  return NEVER_REACHED.test(code) ? `cannot be reached (${code})` : `gave no whole answer (${code})`;
}

// Ports of other protocols are refused before anything is sent, without a code: https://fetch.spec.whatwg.org/#port-blocking
function isBadPort(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && error.cause.message === 'bad port';
}
