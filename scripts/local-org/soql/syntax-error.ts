import * as soql from '@jetstreamapp/soql-parser-js';
import type { ApiError } from '../api-error.ts';
import { queryError } from './soql-error.ts';

const FOUND = /but found(?:-->|:| -->) '?(.*?)'?(?: <--)?$/s;
const OFFSET = /at offset: (\d+)/;
/** Occurrences of the token tried before the first one is named. */
const TRIES = 20;

/** Gives the parser's complaint Salesforce's form: the token, its row and column. */
export function syntaxError(source: string, cause: unknown): ApiError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const lexed = OFFSET.exec(message);
  if (lexed) {
    const offset = Number(lexed[1]);
    return queryError(
      'MALFORMED_QUERY',
      `line ${rowOf(source, offset)}: unexpected char: '${source[offset] ?? ''}'`,
      { source, offset },
    );
  }
  const token = FOUND.exec(message)?.[1] ?? '';
  const offset = token === '' ? null : offsetOf(source, token, message);
  if (offset === null)
    return queryError('MALFORMED_QUERY', "unexpected token: '<EOF>'", { source, offset: source.length });
  return queryError('MALFORMED_QUERY', `unexpected token: '${token}'`, { source, offset });
}

const rowOf = (source: string, offset: number) => source.slice(0, offset).split('\n').length;

// The parser names the token but not its place: it is the occurrence up to which the query still reads well,
// that is, where cutting the query before it changes the complaint.
function offsetOf(source: string, token: string, message: string): number | null {
  const first = source.indexOf(token);
  if (first < 0) return null;
  for (
    let offset = first, tried = 0;
    offset >= 0 && tried < TRIES;
    offset = source.indexOf(token, offset + 1), tried += 1
  ) {
    const isSame = messageOf(source.slice(0, offset + token.length)) === message;
    if (isSame && messageOf(source.slice(0, offset)) !== message) return offset;
  }
  return first;
}

function messageOf(source: string): string | null {
  try {
    soql.parseQuery(source);
    return null;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}
