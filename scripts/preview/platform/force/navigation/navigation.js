// lightning-base-components imports this module and does not ship it.
const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

// As on the platform, a link keeps the page's language and user out of the reference: they are the preview's own.
const PAGES = { Opportunity: 'opportunity', Account: 'account', Pilot__c: 'pilot' };
const urlOf = ({ attributes = {} }) => {
  const page = PAGES[attributes.objectApiName];
  return page ? `/${page}/${attributes.recordId}${ownQuery(window.location.search)}` : null;
};

/** `?user=…&lang=…` of the preview, without what a component keeps in the address. */
function ownQuery(search) {
  const query = new URLSearchParams(search);
  for (const key of [...query.keys()]) if (key.includes('__')) query.delete(key);
  return query.size === 0 ? '' : `?${query}`;
}

const pages = new Set();

/** Only keys with a namespace belong to components: https://developer.salesforce.com/docs/platform/lwc/guide/use-navigate-add-params-url.html */
function currentPage() {
  const state = Object.fromEntries(
    [...new URLSearchParams(window.location.search)].filter(([key]) => key.includes('__')),
  );
  const { recordId } = globalThis.pilotPreview;
  return recordId
    ? { type: 'standard__recordPage', attributes: { recordId }, state }
    : { type: 'standard__navItemPage', attributes: { apiName: window.location.pathname.slice(1) }, state };
}

/** The same page with another state: the address changes, nothing is loaded. */
function showState(state, isReplaced) {
  const query = new URLSearchParams(ownQuery(window.location.search));
  for (const [key, value] of Object.entries(state)) if (value !== undefined) query.set(key, value);
  const url = `${window.location.pathname}${query.size === 0 ? '' : `?${query}`}`;
  window.history[isReplaced ? 'replaceState' : 'pushState'](null, '', url);
  for (const page of pages) page.tell();
}

window.addEventListener('popstate', () => {
  for (const page of pages) page.tell();
});

export const NavigationMixin = Object.assign(
  (Base) =>
    class extends Base {
      [Navigate](reference, isReplaced = false) {
        const url = urlOf(reference);
        if (url) window.location.assign(url);
        else if (reference.type === currentPage().type) showState(reference.state ?? {}, isReplaced);
        else window.dispatchEvent(new CustomEvent('preview:elsewhere', { detail: reference }));
      }
      async [GenerateUrl](reference) {
        return urlOf(reference) ?? '#';
      }
    },
  { Navigate, GenerateUrl },
);

export class CurrentPageReference {
  static configSchema = {};
  #emit;

  constructor(emit) {
    this.#emit = emit;
    this.tell();
  }
  tell() {
    this.#emit(currentPage());
  }
  connect() {
    pages.add(this);
  }
  disconnect() {
    pages.delete(this);
  }
  update() {}
}
