import { PassThrough } from 'node:stream';
import type { HttpRequest, HttpResponse } from 'jsforce';
import { failureOf } from './retry.ts';
import { Unanswered } from './unanswered.ts';

const TIMEOUT_MS = 120_000;

/**
 * How requests of jsforce travel here: one attempt, the whole answer read before it counts. jsforce 3.10's own transport
 * ends the process when a connection breaks within an answer: it pipes the body without listening for errors
 * (lib/request.js, `Readable.fromWeb(res.body).pipe(output)`). `onHeaders` sees those of every answer.
 */
export function wholeAnswerTransport(onHeaders: (headers: Headers) => void) {
  return {
    httpRequest(request: HttpRequest): Promise<HttpResponse> & { stream(): PassThrough } {
      return Object.assign(send(request, onHeaders), { stream: () => new PassThrough() });
    },
  };
}

async function send(
  { method, url, headers, body }: HttpRequest,
  onHeaders: (headers: Headers) => void,
): Promise<HttpResponse> {
  const unanswered = (error: unknown): never => {
    throw new Unanswered(url, failureOf(error).code, error);
  };
  const answer = await fetch(url, {
    method,
    headers: headers ?? {},
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(typeof body === 'string' ? { body } : {}),
  }).catch(unanswered);
  onHeaders(answer.headers);
  const text = await answer.text().catch(unanswered);
  // The answer to an upload has no body, whatever type it names.
  if (answer.ok && method !== 'PUT' && !isWhole(answer.headers.get('content-type'), text))
    throw cutAnswer(text.length);
  return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: text };
}

/** An answer that something on the way cut off counts as lost; jsforce would hand it on as a text. */
function cutAnswer(characters: number): Error {
  const error = new Error(`${characters} characters of an answer arrived, not all of it`);
  return Object.assign(error, { code: 'ANSWER_CUT' });
}

function isWhole(contentType: string | null, text: string): boolean {
  if (contentType?.includes('json') !== true) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
