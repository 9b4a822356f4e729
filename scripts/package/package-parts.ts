import type { Component } from '../metadata/read/component.ts';

/** The definitions of each zip. `seed` (the policy and its shipped values) goes only where it is absent. */
export interface PackageParts {
  readonly core: readonly Component[];
  readonly seed: readonly Component[];
  readonly page: readonly Component[];
  readonly translations: readonly Component[];
}
