import { PassThrough } from 'node:stream';
import type { HttpRequest, HttpResponse } from 'jsforce';

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
  const answer = await fetch(url, {
    method,
    headers: headers ?? {},
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(typeof body === 'string' ? { body } : {}),
  });
  onHeaders(answer.headers);
  return {
    statusCode: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: await answer.text(),
  };
}
