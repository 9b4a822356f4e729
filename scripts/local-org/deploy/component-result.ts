import type { OrgModel } from '../../metadata/model.ts';
import type { MetadataProblem } from '../../metadata/problem.ts';
import type { Component } from '../../metadata/read/component.ts';
import { splitName } from '../../metadata/read/component.ts';

// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deployresult.htm (DeployMessage)
export interface ComponentSuccess {
  readonly componentType: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly success: true;
  readonly changed: boolean;
  readonly created: boolean;
  readonly deleted: boolean;
}

export interface ComponentFailure {
  readonly componentType: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly problem: string;
  readonly problemType: 'Error' | 'Warning';
  readonly lineNumber: number;
  readonly columnNumber: number | null;
  readonly success: false;
}

export const componentKey = ({ type, fullName }: Pick<Component, 'type' | 'fullName'>): string =>
  `${type}:${fullName}`;

export const failureOf = (problem: MetadataProblem): ComponentFailure => ({
  componentType: problem.componentType,
  fullName: problem.fullName,
  fileName: problem.file,
  problem: problem.problem,
  problemType: 'Error',
  lineNumber: problem.line,
  columnNumber: problem.column,
  success: false,
});

export const successOf = (component: Component, before: OrgModel): ComponentSuccess => ({
  componentType: component.type,
  fullName: component.fullName,
  fileName: component.zipPath,
  success: true,
  changed: true,
  created: !exists(component, before),
  deleted: false,
});

function exists({ type, fullName }: Component, model: OrgModel): boolean {
  const [object, name] = splitName(fullName);
  switch (type) {
    case 'CustomObject':
      return model.objects.has(fullName);
    case 'CustomField':
      return model.objects.get(object)?.fields.has(name) === true;
    case 'ValidationRule':
      return model.objects.get(object)?.validationRules.some((rule) => rule.name === name) === true;
    case 'PermissionSet':
      return model.permissionSets.has(fullName);
    case 'CustomPermission':
      return model.customPermissions.has(fullName);
    case 'CustomMetadata':
      return model.customMetadata.has(fullName.replace('.', '__mdt.'));
    case 'CustomLabel':
      return model.labels.has(fullName);
    default:
      return model.others.some((other) => other.type === type && other.fullName === fullName);
  }
}
