// The one place where the stand-ins for the platform's modules speak to the org: through the preview
// server, which holds the login. Failures have the shape of Lightning Data Service's FetchResponse:
// https://developer.salesforce.com/docs/platform/lwc/guide/data-error.html
export const API = '/services/data/v67.0';

const failure = (status, statusText, body) => ({
  status,
  statusText,
  ok: false,
  errorType: 'fetchResponse',
  headers: {},
  body,
});

export async function callOrg(method, path, body, headers = {}) {
  const { apiBase } = globalThis.pilotPreview;
  let response;
  try {
    response = await fetch(`${apiBase}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (cause) {
    throw failure(0, 'Network error', { message: String(cause.message) });
  }
  const text = await response.text();
  let answer;
  try {
    answer = text === '' ? undefined : JSON.parse(text);
  } catch {
    throw failure(response.status, response.statusText, { message: 'The answer is not JSON.' });
  }
  if (!response.ok) throw failure(response.status, response.statusText, answer);
  return answer;
}

/** Wired values are read-only on the platform; writing to one throws there and must throw here. */
export function freeze(value) {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
