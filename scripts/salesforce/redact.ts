const HIDDEN = '[hidden]';

// Session ids and access tokens begin with the org's id, an exclamation mark parts it from the secret:
// https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/quickstart_oauth.htm
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/00D\w{9,15}(!|%21)[\w.%+/=-]+/g, HIDDEN],
  // A signed token: three base64url parts, the first of which is JSON that begins with {".
  [/eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, HIDDEN],
  [/\b(Bearer|Basic|OAuth) +[\w.!~+/=-]{12,}/g, `$1 ${HIDDEN}`],
  // https://user:password@host
  [/([a-z][a-z\d+.-]*:\/\/)[^\s/?#@"']+@/gi, `$1${HIDDEN}@`],
  [
    /((?:access_token|refresh_token|oauth_token|client_secret|assertion|sid|password|passwd|pwd|api_key|token)=)[^\s&"']+/gi,
    `$1${HIDDEN}`,
  ],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, HIDDEN],
  // Where a private key lies is nobody's business either.
  [/(?:[\w.~-]*[\\/])+[\w.-]+\.(?:key|pem)\b/g, HIDDEN],
];

/** A text without what looks like a credential: tokens, passwords in addresses, private keys and where they lie. */
export function redacted(text: string): string {
  return PATTERNS.reduce((left, [pattern, by]) => left.replace(pattern, by), text);
}
