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
declare module '@salesforce/user/Id' {
  const userId: string;
  export default userId;
}
declare module '@salesforce/customPermission/*' {
  /** Undefined where the user lacks the permission. */
  const has: boolean | undefined;
  export default has;
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
  function executeMutation(mutation: GraphqlConfig): Promise<GraphqlResult>;
}

declare module 'lightning/uiRecordApi' {
  type Fields = Readonly<Record<string, unknown>>;
  function createRecord(record: { apiName: string; fields: Fields }): Promise<{ readonly id: string }>;
  function updateRecord(
    record: { fields: Fields },
    options?: { ifUnmodifiedSince: string },
  ): Promise<{ readonly id: string }>;
  function notifyRecordUpdateAvailable(records: readonly { recordId: string }[]): Promise<unknown>;
}

declare module 'lightning/platformShowToastEvent' {
  class ShowToastEvent extends CustomEvent<unknown> {
    constructor(toast: {
      title: string;
      message?: string;
      variant?: 'info' | 'success' | 'warning' | 'error';
    });
  }
}

declare module 'lightning/refresh' {
  class RefreshEvent extends CustomEvent<unknown> {
    constructor();
  }
}

/** https://developer.salesforce.com/docs/component-library/bundle/lightning-modal */
declare module 'lightning/modal' {
  import { LightningElement } from 'lwc';
  export default class LightningModal extends LightningElement {
    size: 'small' | 'medium' | 'large' | 'full';
    label: string;
    disableClose: boolean;
    close(result?: unknown): void;
    static open(properties: Readonly<Record<string, unknown>>): Promise<unknown>;
  }
}

/** https://developer.salesforce.com/docs/platform/lwc/guide/reference-wire-adapters-object-info.html */
declare module 'lightning/uiObjectInfoApi' {
  import type { WireAdapterConstructor } from 'lwc';
  interface WiredValue {
    readonly data?: unknown;
    readonly error?: unknown;
  }
  const getObjectInfo: WireAdapterConstructor<{ objectApiName: string }, WiredValue>;
  const getPicklistValuesByRecordType: WireAdapterConstructor<
    { objectApiName: string; recordTypeId: string | undefined },
    WiredValue
  >;
}

/** https://developer.salesforce.com/docs/component-library/bundle/lightning-navigation */
declare module 'lightning/navigation' {
  import type { LightningElement, WireAdapterConstructor } from 'lwc';
  interface PageReference {
    readonly type: string;
    readonly attributes: Readonly<Record<string, unknown>>;
    readonly state?: Readonly<Record<string, string | undefined>>;
  }
  const Navigate: unique symbol;
  const GenerateUrl: unique symbol;
  interface Navigation {
    [Navigate](page: PageReference, replace?: boolean): void;
    [GenerateUrl](page: PageReference): Promise<string>;
  }
  const NavigationMixin: {
    (base: typeof LightningElement): new () => LightningElement & Navigation;
    readonly Navigate: typeof Navigate;
    readonly GenerateUrl: typeof GenerateUrl;
  };
  const CurrentPageReference: WireAdapterConstructor<Record<string, never>, PageReference | null>;
}
