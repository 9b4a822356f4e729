// Stand-in for `lightning/uiObjectInfoApi`, as far as the pilot components use it: `data` or `error`, singular.
// https://developer.salesforce.com/docs/platform/lwc/guide/reference-wire-adapters-object-info.html
import { API, callOrg, freeze } from 'lightning/orgConnection';

/** A wire adapter that reads `pathOf(config)` once the config is complete. */
function adapter(pathOf) {
  return class {
    static configSchema = {};
    #emit;
    #path;
    #isConnected = false;

    constructor(emit) {
      this.#emit = emit;
      this.#emit({ data: undefined, error: undefined });
    }

    connect() {
      this.#isConnected = true;
      this.#run();
    }

    disconnect() {
      this.#isConnected = false;
    }

    update(config) {
      const path = pathOf(config);
      if (path === this.#path) return;
      this.#path = path;
      this.#run();
    }

    async #run() {
      const path = this.#path;
      if (!this.#isConnected || !path) return;
      const answer = await callOrg('GET', `${API}/ui-api/object-info/${path}`).then(
        (data) => ({ data: freeze(data), error: undefined }),
        (error) => ({ data: undefined, error: freeze(error) }),
      );
      if (this.#isConnected && path === this.#path) this.#emit(answer);
    }
  };
}

export const getObjectInfo = adapter(({ objectApiName }) => objectApiName);

export const getPicklistValuesByRecordType = adapter(({ objectApiName, recordTypeId }) =>
  objectApiName && recordTypeId ? `${objectApiName}/picklist-values/${recordTypeId}` : undefined,
);
