import { buildModel } from './build-model.ts';
import type { OrgModel } from './model.ts';
import type { MetadataProblem } from './problem.ts';
import type { Component } from './read/component.ts';
import { readComponents, type PackageFiles } from './read/read-components.ts';
import { checkPackage } from './rules/check-package.ts';
import { standardOrg } from './standard-org.ts';

export interface ReadPackage {
  /** The base with the package on it; only to be used when there is no problem. */
  readonly model: OrgModel;
  readonly problems: readonly MetadataProblem[];
  readonly components: readonly Component[];
}

/**
 * Reads a package in project form (`…-meta.xml`) or deploy-zip form (`package.xml`, `objects/X.object`) and lays it
 * over `base`, by default an org without packages. Every broken platform rule is a problem; nothing is thrown.
 */
export function readPackage(files: PackageFiles, options: { readonly base?: OrgModel } = {}): ReadPackage {
  const base = options.base ?? standardOrg();
  const read = readComponents(files);
  const model = buildModel(read.components, base, read.apiVersion ?? base.apiVersion);
  const problems = [...read.problems, ...checkPackage({ ...read, model, base })];
  return { model, problems, components: read.components };
}
