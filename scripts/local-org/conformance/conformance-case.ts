/** What a case rests on. Exactly one per case. */
export type Mark =
  /** Seen in traffic of a real org: repository and path, and the value taken from there. */
  | { readonly kind: 'recorded'; readonly source: string; readonly value: string }
  /** Salesforce's own text; `quote` is the value taken from it. */
  | { readonly kind: 'documented'; readonly url: string; readonly quote: string }
  /** This org's own doing, or the common knowledge of those who use the platform, without a citable source. */
  | { readonly kind: 'emulatorOnly'; readonly reason: string }
  /** Nobody has looked. Nothing that the sync, page or installer relies on may stay so. */
  | { readonly kind: 'unknown' };

export interface Step {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below `/services/data/v67.0`; `{name}` is replaced by a value that an earlier step kept. */
  readonly path: string;
  readonly body?: unknown;
  /** A body that is no JSON. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** `/local-org/…`, which no real org has: the path is not below the data root. Such cases run on the local org only. */
  readonly isControl?: true;
  /**
   * `user` may edit widgets and modify all data, `editor` may edit widgets, `reader` may read them, `nobody` has no
   * permission set, `none` sends no token.
   */
  readonly as?: 'admin' | 'user' | 'editor' | 'reader' | 'nobody' | 'none';
  /** Keeps values of the answer by dotted path: `{widget: 'id'}`. */
  readonly keep?: Readonly<Record<string, string>>;
}

export interface ConformanceCase {
  readonly name: string;
  readonly mark: Mark;
  /** True when the sync, page or installer relies on it. */
  readonly isReliedOn: boolean;
  /** The answer to the last step is the one expected. */
  readonly steps: readonly Step[];
  readonly expected: Expected;
}

/** Named properties must be there and match; others may be. A RegExp matches text. */
export interface Expected {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | RegExp>>;
}

export const recorded = (source: string, value: string): Mark => ({ kind: 'recorded', source, value });
/** Errors that an integration met in its customers' orgs, with their causes. */
export const metByMarketo = (value: string): Mark =>
  recorded(
    'AdobeDocs/marketo.en help/marketo/product-docs/marketo-sales-connect/crm/salesforce-integration/salesforce-diagnostics.md',
    value,
  );
/** Answers of a real org (API 60), kept as test data. */
export const keptByAmpersand = (file: string, value: string): Mark =>
  recorded(`amp-labs/connectors providers/salesforce/test/${file}`, value);
export const documented = (url: string, quote: string): Mark => ({ kind: 'documented', url, quote });
export const emulatorOnly = (reason: string): Mark => ({ kind: 'emulatorOnly', reason });

/** Steps that make an account and a widget on it, kept as `{account}` and `{widget}`. */
export const withWidget = (fields: Readonly<Record<string, unknown>> = {}): readonly Step[] => [
  { method: 'POST', path: '/sobjects/Account', body: { Name: 'Acme' }, keep: { account: 'id' } },
  {
    method: 'POST',
    path: '/sobjects/Widget__c',
    body: { Name: 'Wheel', Account__c: '{account}', ...fields },
    keep: { widget: 'id' },
  },
];
