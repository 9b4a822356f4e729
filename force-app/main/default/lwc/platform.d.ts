// The part of the platform's modules that these components use.
// https://developer.salesforce.com/docs/platform/lwc/guide/reference-salesforce-modules.html
declare module '@salesforce/label/*' {
  const label: string;
  export default label;
}
declare module '@salesforce/i18n/locale' {
  const locale: string;
  export default locale;
}
declare module '@salesforce/i18n/timeZone' {
  const timeZone: string;
  export default timeZone;
}
declare module '@salesforce/i18n/currency' {
  const currency: string;
  export default currency;
}

/** https://developer.salesforce.com/docs/platform/lwc/guide/reference-graphql-wire.html: `errors`, plural. */
declare module 'lightning/graphql' {
  import type { WireAdapterConstructor } from 'lwc';
  interface GraphqlConfig {
    readonly query: object | undefined;
    readonly variables?: Readonly<Record<string, unknown>>;
    readonly operationName?: string;
  }
  interface GraphqlResult {
    readonly data?: unknown;
    readonly errors?: unknown;
    readonly refresh?: () => Promise<void>;
  }
  function gql(text: TemplateStringsArray, ...values: readonly unknown[]): object;
  const graphql: WireAdapterConstructor<GraphqlConfig, GraphqlResult>;
}
