// What to do about a failed request or a failed row: a pure table from Salesforce's code to an action.
// Codes and never texts decide: messages are translated to the user's language.
// Sources: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm and
// https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm

export interface Failure {
  /** Salesforce's errorCode or statusCode, `ERROR_HTTP_503` for an answer without one, or a network code. */
  readonly code: string;
  readonly message: string;
}

/**
 * retry: the same call again later · stop: ends the run · skip: leave the record, say why, next run tries again ·
 * fail: the record counts as failed.
 */
export type FailureAction = 'retry' | 'stop' | 'skip' | 'fail';

export interface Verdict {
  readonly action: FailureAction;
  readonly kind: 'config' | 'transient' | 'fatal';
  /** Our stable code, see scripts/README.md. */
  readonly code: string;
  /** What a person can do about it. */
  readonly fix: string;
}

const TABLE: Readonly<Record<string, Verdict>> = {
  // Two writers under one master: "When you update child records, the system locks the parent and the child records";
  // waits 10 s, then the row fails (Help article 000386567).
  UNABLE_TO_LOCK_ROW: {
    action: 'retry',
    kind: 'transient',
    code: 'ROW_LOCKED',
    fix: 'Run again; somebody was saving the same deal.',
  },
  // Documented for queries that run over two minutes.
  QUERY_TIMEOUT: {
    action: 'retry',
    kind: 'transient',
    code: 'SALESFORCE_BUSY',
    fix: 'Run again at a quieter time.',
  },
  // The cursor of a query is gone: too old, or others were opened. The same page would be refused again.
  INVALID_QUERY_LOCATOR: {
    action: 'stop',
    kind: 'transient',
    code: 'CURSOR_EXPIRED',
    fix: 'Run again: the org forgot a query before all of its pages were read. Nothing read so far was used.',
  },
  SERVER_UNAVAILABLE: {
    action: 'retry',
    kind: 'transient',
    code: 'SALESFORCE_BUSY',
    fix: 'See https://status.salesforce.com and run again.',
  },
  UNKNOWN_EXCEPTION: {
    action: 'retry',
    kind: 'transient',
    code: 'SALESFORCE_BUSY',
    fix: 'Run again; if it stays, send the message to Salesforce support.',
  },
  // Approvals lock a record and its details.
  ENTITY_IS_LOCKED: {
    action: 'skip',
    kind: 'transient',
    code: 'RECORD_LOCKED',
    fix: 'Finish or recall the approval; the next run writes it.',
  },
  // Recorded as 404 on rows; the record went away between reading and writing.
  ENTITY_IS_DELETED: {
    action: 'skip',
    kind: 'transient',
    code: 'RECORD_DELETED',
    fix: 'Nothing to do: the record was deleted while the sync ran.',
  },
  REQUEST_LIMIT_EXCEEDED: {
    action: 'stop',
    kind: 'transient',
    code: 'API_LIMIT',
    fix: 'Run again when the 24-hour window has room (Setup > Company Information > API Requests), or raise sync_interval.',
  },
  INVALID_SESSION_ID: {
    action: 'stop',
    kind: 'config',
    code: 'LOGIN_EXPIRED',
    fix: 'Log in again: sf org login jwt … (or renew PILOT_ACCESS_TOKEN).',
  },
  INVALID_LOGIN: {
    action: 'stop',
    kind: 'config',
    code: 'LOGIN_EXPIRED',
    fix: 'Log in again: sf org login jwt …',
  },
  INVALID_OPERATION_WITH_EXPIRED_PASSWORD: {
    action: 'stop',
    kind: 'config',
    code: 'LOGIN_EXPIRED',
    fix: 'Set a new password for the integration user.',
  },
  API_DISABLED_FOR_ORG: {
    action: 'stop',
    kind: 'config',
    code: 'API_DISABLED',
    fix: 'Use an edition with API access, and a profile with "API Enabled".',
  },
  API_CURRENTLY_DISABLED: {
    action: 'stop',
    kind: 'config',
    code: 'API_DISABLED',
    fix: 'Setup > Profiles > (integration user) > System Permissions > API Enabled.',
  },
  // Same text for a field that is missing and one that is hidden from the caller.
  INVALID_FIELD: {
    action: 'stop',
    kind: 'config',
    code: 'PACKAGE_MISMATCH',
    fix: 'Run npx pilot check: it names the field and the click.',
  },
  INVALID_TYPE: {
    action: 'stop',
    kind: 'config',
    code: 'PACKAGE_MISMATCH',
    fix: 'Run npx pilot check: it names the object and the click.',
  },
  MALFORMED_QUERY: {
    action: 'stop',
    kind: 'fatal',
    code: 'QUERY_REFUSED',
    fix: 'Report this message: the sync wrote a query Salesforce refuses.',
  },
  JSON_PARSER_ERROR: {
    action: 'stop',
    kind: 'fatal',
    code: 'REQUEST_REFUSED',
    fix: 'Report this message: the sync sent a body Salesforce cannot read.',
  },
  // Not Salesforce's: fetch refuses such an address every time.
  BAD_PORT: {
    action: 'stop',
    kind: 'config',
    code: 'SALESFORCE_UNREACHABLE',
    fix: 'Correct the port of the instance URL: PILOT_INSTANCE_URL, or that of the stored login (sf org display --target-org <alias>).',
  },
  NOT_FOUND: {
    action: 'stop',
    kind: 'fatal',
    code: 'REQUEST_REFUSED',
    fix: 'Check the instance URL; if it is right, report this message.',
  },
  LOCAL_ORG_NOT_IMPLEMENTED: {
    action: 'stop',
    kind: 'fatal',
    code: 'LOCAL_ORG_NOT_IMPLEMENTED',
    fix: 'The local org does not know this request; see scripts/local-org/README.md.',
  },
  FIELD_CUSTOM_VALIDATION_EXCEPTION: {
    action: 'fail',
    kind: 'config',
    code: 'RULE_REFUSED',
    fix: 'A validation rule of the org refused the row: exempt the integration user (custom permission Pilot_Sync) or correct the record.',
  },
  CANNOT_EXECUTE_FLOW_TRIGGER: {
    action: 'fail',
    kind: 'config',
    code: 'FLOW_REFUSED',
    fix: 'A flow of the org failed on this record: Setup > Flows, see the fault e-mail.',
  },
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: {
    action: 'fail',
    kind: 'config',
    code: 'FLOW_REFUSED',
    fix: 'A trigger or flow of the org failed on this record.',
  },
  INVALID_FIELD_FOR_INSERT_UPDATE: {
    action: 'fail',
    kind: 'config',
    code: 'NO_PERMISSION',
    fix: 'Assign the permission set Pilot Sync to the integration user, then run npx pilot check.',
  },
  INSUFFICIENT_ACCESS_OR_READONLY: {
    action: 'fail',
    kind: 'config',
    code: 'NO_PERMISSION',
    fix: 'Give the integration user access to the record (role or sharing rule), see scripts/README.md.',
  },
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: {
    action: 'fail',
    kind: 'config',
    code: 'NO_PERMISSION',
    fix: 'Give the integration user access to the deal (role or sharing rule), see scripts/README.md.',
  },
  DUPLICATE_VALUE: {
    action: 'fail',
    kind: 'config',
    code: 'DUPLICATE',
    fix: 'Two records claim one key: merge or delete the one that is wrong.',
  },
};

// undici's, the system's and our own codes for a request that got no (whole) answer.
const NETWORK =
  /^(ANSWER_CUT$|ECONN|ENOTFOUND|ENET|EHOST|EPIPE|EAI_|ETIMEDOUT|UND_ERR_|ERROR_HTTP_(420|429|500|502|503|504)$)/;

/** The action for a failure; an unknown code on a row fails that row, an unknown code on a request ends the run. */
export function classifyFailure(failure: Failure, on: 'request' | 'row'): Verdict {
  // SOAP prefixes its codes: `sf:INVALID_SESSION_ID`.
  const known = TABLE[failure.code.replace(/^sf:/, '')];
  if (known) return on === 'row' && known.action === 'stop' ? { ...known, action: 'fail' } : known;
  if (NETWORK.test(failure.code)) {
    return {
      action: 'retry',
      kind: 'transient',
      code: 'SALESFORCE_UNREACHABLE',
      fix: 'Check the network, the instance URL (PILOT_INSTANCE_URL or the stored login) and https://status.salesforce.com, then run again.',
    };
  }
  return on === 'row'
    ? { action: 'fail', kind: 'config', code: 'ROW_REFUSED', fix: 'Correct the record as the message says.' }
    : { action: 'stop', kind: 'fatal', code: 'REQUEST_REFUSED', fix: 'Report this message.' };
}

/** Every stable code that a failure can be turned into. */
export const FAILURE_CODES: ReadonlySet<string> = new Set([
  ...Object.values(TABLE).map((verdict) => verdict.code),
  'SALESFORCE_UNREACHABLE',
  'ROW_REFUSED',
  'REQUEST_REFUSED',
]);
