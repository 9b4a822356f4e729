// lightning-base-components imports this module and does not ship it.
const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

const urlOf = ({ attributes = {} }) =>
  attributes.objectApiName === 'Opportunity' ? `/opportunity/${attributes.recordId}` : null;

export const NavigationMixin = Object.assign(
  (Base) =>
    class extends Base {
      [Navigate](reference) {
        const url = urlOf(reference);
        if (url) window.location.assign(url);
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
  constructor(emit) {
    emit({
      type: 'standard__recordPage',
      attributes: { recordId: globalThis.pilotPreview.recordId },
      state: {},
    });
  }
  connect() {}
  disconnect() {}
  update() {}
}
