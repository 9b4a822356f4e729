import { SourceError, type SourceErrorCode } from '../source-error.ts';

interface Kind {
  readonly code: SourceErrorCode;
  readonly actions: readonly string[];
}

// SQLSTATE → what a person does next (https://www.postgresql.org/docs/15/errcodes-appendix.html).
const BY_STATE: Readonly<Record<string, Kind>> = {
  '28P01': refused('Check user and the password in the variable that password_env names.'),
  '28000': refused('Check user, ssl and the server’s pg_hba.conf.'),
  '42501': refused('GRANT SELECT on the table, and USAGE on its schema, to the user of the source.'),
  '3D000': { code: 'SOURCE_NOT_FOUND', actions: ['Check database of the source.'] },
  '42P01': { code: 'SOURCE_NOT_FOUND', actions: ['Check schema and table of the source; case matters.'] },
  '57014': {
    code: 'SOURCE_TIMEOUT',
    actions: [
      'Raise statement_timeout_minutes, or let the source read a view of fewer days.',
      'An index does not help: every row is read. A column store or more workers do.',
    ],
  },
};

function refused(action: string): Kind {
  return { code: 'SOURCE_REFUSED', actions: [action] };
}

// Node's codes for a certificate that does not pass (https://nodejs.org/api/tls.html#x509-certificate-error-codes).
const UNTRUSTED = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'INVALID_CA',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
const WRONG_HOST = 'ERR_TLS_CERT_ALTNAME_INVALID';

function certificateActions(code: string): readonly string[] | null {
  if (code === WRONG_HOST) return ['host must be the name in the server’s certificate, letter by letter.'];
  if (!UNTRUSTED.has(code)) return null;
  return ['ssl_ca must be the PEM file of the authority that signed the server’s certificate.'];
}

// Classes of SQLSTATE: connection lost, resources gone, operator intervention, system error.
const GONE = /^(08|53|57|58)/;

/** A database's error as a source error; `place` is host and database, never with the password. */
export function postgresError(place: string, error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const state = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = BY_STATE[state];
  if (known) return new SourceError(known.code, `${place}: ${text}.`, known.actions, error);
  const untrusted = certificateActions(state);
  if (untrusted) {
    const what = `${place} shows a certificate that is not accepted: ${text} (${state}).`;
    return new SourceError('SOURCE_REFUSED', what, untrusted, error);
  }
  const isState = /^[0-9A-Z]{5}$/.test(state) && !/^E[A-Z]{4}$/.test(state);
  if (!isState || GONE.test(state))
    return new SourceError(
      'SOURCE_UNREACHABLE',
      `${place} cannot be used: ${text}${state === '' ? '' : ` (${state})`}.`,
      ['Check host, port and ssl, and that this machine may reach them; then run again.'],
      error,
    );
  return new SourceError(
    'SOURCE_ENGINE',
    `${place} stopped: ${text} (${state}).`,
    ['Report this message.'],
    error,
  );
}
