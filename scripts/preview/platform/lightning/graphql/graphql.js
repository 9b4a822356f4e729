// Stand-in for `lightning/graphql` (v2): `data` without its outer key, `errors` in the plural, `refresh`.
// https://developer.salesforce.com/docs/platform/lwc/guide/reference-graphql-wire.html
import { API, callOrg, freeze } from 'lightning/orgConnection';

export function gql(strings, ...values) {
  // A fragment made by gql, or a part of a query that is put together when it runs.
  const insert = (value) => value?.text ?? value ?? '';
  const text = strings.reduce((joined, part, index) => `${joined}${insert(values[index - 1])}${part}`);
  return Object.freeze({ text });
}

async function ask({ query, variables, operationName }) {
  try {
    const answer = await callOrg('POST', `${API}/graphql`, { query: query.text, variables, operationName });
    const hasErrors = Array.isArray(answer.errors) && answer.errors.length > 0;
    return freeze({
      data: hasErrors ? undefined : answer.data,
      errors: hasErrors ? answer.errors : undefined,
    });
  } catch (failure) {
    return freeze({ data: undefined, errors: [failure] });
  }
}

export class graphql {
  static configSchema = {};
  #emit;
  #config;
  #isConnected = false;
  #asked = 0;

  constructor(emit) {
    this.#emit = emit;
    this.#emit({ data: undefined, errors: undefined });
  }

  connect() {
    this.#isConnected = true;
    this.#run();
  }

  disconnect() {
    this.#isConnected = false;
    this.#asked += 1;
  }

  update(config) {
    if (this.#config && JSON.stringify(config) === JSON.stringify(this.#config)) return;
    this.#config = config;
    this.#run();
  }

  async #run() {
    if (!this.#isConnected || !this.#config?.query) return;
    this.#asked += 1;
    const mine = this.#asked;
    const answer = await ask(this.#config);
    // A later question overtook this one, or the component left the page.
    if (mine === this.#asked) this.#emit({ ...answer, refresh: () => this.#run() });
  }
}

export async function executeMutation(mutation) {
  return ask(mutation);
}
