import type { Login } from '../salesforce/connect.ts';
import { SampleError, type SampleClient } from '../sample/sample-client.ts';

/** The sample's way into an org: plain requests with a token. */
export function sampleClient(login: Login): SampleClient {
  return {
    request: async (method, path, body) => {
      const response = await fetch(login.instanceUrl + path, {
        method,
        headers: { authorization: `Bearer ${login.accessToken}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (response.ok) return text === '' ? null : JSON.parse(text);
      throw new SampleError(
        `${method} ${path.slice(0, 120)} answered ${response.status}: ${text.slice(0, 300)}`,
        ['The sample is made for a local org with the package; start it again.'],
      );
    },
  };
}
