import { notImplemented } from '../api-error.ts';
import type { OrgState } from '../org-state.ts';
import type { ComponentFailure, ComponentSuccess } from './component-result.ts';
import { deployPackage } from './deploy-package.ts';
import { createSourceTable } from './deployed-source.ts';
import { readZip } from './read-zip.ts';

export interface DeployOptions {
  readonly checkOnly: boolean;
  readonly rollbackOnError: boolean;
  readonly ignoreWarnings: boolean;
}

export interface Deployment {
  readonly id: string;
  readonly options: DeployOptions;
  readonly userId: string;
  readonly startedAt: string;
  readonly completedAt: string;
  readonly successes: readonly ComponentSuccess[];
  readonly failures: readonly ComponentFailure[];
}

const KEPT = 200;

/** The newest deploys of this process. Each is done when it is accepted: the first poll finds it completed. */
export class Deployments {
  readonly #org: OrgState;
  readonly #done = new Map<string, Deployment>();

  constructor(org: OrgState) {
    this.#org = org;
    createSourceTable(org.store);
  }

  /** @throws ApiError when the zip cannot be read or the deploy is asked to keep half of it */
  start(zip: Uint8Array, options: DeployOptions, userId: string): Deployment {
    if (!options.rollbackOnError)
      throw notImplemented('a deploy that keeps its good components (rollbackOnError false)');
    const startedAt = this.#org.clock.now().toISOString();
    const outcome = deployPackage(this.#org, readZip(zip), userId, options.checkOnly);
    const completedAt = this.#org.clock.now().toISOString();
    const id = this.#org.store.mintId('0Af');
    const deployment: Deployment = { id, options, userId, startedAt, completedAt, ...outcome };
    this.#done.set(id, deployment);
    const oldest = this.#done.keys().next().value;
    if (this.#done.size > KEPT && oldest !== undefined) this.#done.delete(oldest);
    return deployment;
  }

  find(id: string): Deployment | undefined {
    return this.#done.get(id);
  }
}
