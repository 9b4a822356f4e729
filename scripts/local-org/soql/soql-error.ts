import { ApiError } from '../api-error.ts';

/** Where in the query text something stands; errors show it with a caret as Salesforce does. */
export interface Place {
  readonly source: string;
  readonly offset: number;
}

export type QueryErrorCode =
  | 'MALFORMED_QUERY'
  | 'INVALID_FIELD'
  | 'INVALID_TYPE'
  | 'INVALID_QUERY_FILTER_OPERATOR'
  | 'NUMBER_OUTSIDE_VALID_RANGE';

/**
 * A query refused as Salesforce refuses it. With an offset the message opens with the line, a caret and
 * `ERROR at Row:1:Column:n` (recorded: SFDO-Tooling/CumulusCI cassette TestCountSObjects).
 */
export function queryError(code: QueryErrorCode, message: string, place: Place | null = null): ApiError {
  if (!place) return new ApiError(400, code, message);
  const { source, offset } = place;
  const before = source.slice(0, offset).split('\n');
  const row = before.length;
  const column = (before.at(-1) ?? '').length + 1;
  const line = source.split('\n')[row - 1] ?? '';
  const from = Math.max(0, column - 60);
  const shown = line.slice(from, column + 60);
  const caret = `${' '.repeat(Math.max(0, column - 1 - from))}^`;
  return new ApiError(400, code, `\n${shown}\n${caret}\nERROR at Row:${row}:Column:${column}\n${message}`);
}

const ADVICE = 'Please reference your WSDL or the describe call for the appropriate names.';

export const noSuchColumn = (column: string, entity: string, at: Position): ApiError =>
  queryError(
    'INVALID_FIELD',
    `No such column '${column}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${ADVICE}`,
    located(at, column),
  );

export const noSuchObject = (name: string, at: Position): ApiError =>
  queryError(
    'INVALID_TYPE',
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${ADVICE}`,
    located(at, name),
  );

export const noSuchParent = (name: string, at: Position): ApiError =>
  queryError(
    'INVALID_FIELD',
    `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${ADVICE}`,
    located(at, name),
  );

export const noSuchChildren = (name: string, at: Position): ApiError =>
  queryError(
    'INVALID_TYPE',
    `Didn't understand relationship '${name}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${ADVICE}`,
    located(at, name),
  );

/** Text to search a name in; null when the query was not written by a caller as text. */
export type Position = string | null;

/** The first place where the name stands as a word: the parser keeps no offsets. */
export function located(source: Position, name: string): Place | null {
  if (source === null) return null;
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const match =
    new RegExp(`(?<![\\w.])${escaped}(?!\\w)`, 'i').exec(source) ?? new RegExp(escaped, 'i').exec(source);
  return match ? { source, offset: match.index } : null;
}
