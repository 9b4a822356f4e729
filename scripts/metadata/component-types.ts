// Where each metadata type lives in a project and in a deploy zip.
// https://developer.salesforce.com/docs/atlas.en-us.sfdx_dev.meta/sfdx_dev/sfdx_dev_source_file_format.htm

export interface FileType {
  readonly type: string;
  /** File suffix without the dot: `flow`, `object`. */
  readonly suffix: string;
  /** Reports and dashboards: the type of the folder that holds them. */
  readonly folderSuffix?: string;
}

/** Folder → type of the single-file definitions in it. */
export const FILE_TYPES: Readonly<Record<string, FileType>> = {
  objects: { type: 'CustomObject', suffix: 'object' },
  flows: { type: 'Flow', suffix: 'flow' },
  flexipages: { type: 'FlexiPage', suffix: 'flexipage' },
  layouts: { type: 'Layout', suffix: 'layout' },
  permissionsets: { type: 'PermissionSet', suffix: 'permissionset' },
  permissionsetgroups: { type: 'PermissionSetGroup', suffix: 'permissionsetgroup' },
  customPermissions: { type: 'CustomPermission', suffix: 'customPermission' },
  customMetadata: { type: 'CustomMetadata', suffix: 'md' },
  labels: { type: 'CustomLabels', suffix: 'labels' },
  tabs: { type: 'CustomTab', suffix: 'tab' },
  applications: { type: 'CustomApplication', suffix: 'app' },
  notificationtypes: { type: 'CustomNotificationType', suffix: 'notiftype' },
  quickActions: { type: 'QuickAction', suffix: 'quickAction' },
  globalValueSets: { type: 'GlobalValueSet', suffix: 'globalValueSet' },
  reportTypes: { type: 'ReportType', suffix: 'reportType' },
  reports: { type: 'Report', suffix: 'report', folderSuffix: 'reportFolder' },
  dashboards: { type: 'Dashboard', suffix: 'dashboard', folderSuffix: 'dashboardFolder' },
  translations: { type: 'Translations', suffix: 'translation' },
  objectTranslations: { type: 'CustomObjectTranslation', suffix: 'objectTranslation' },
};

/** The folder of Lightning web components: a bundle of files per component. */
export const BUNDLE_FOLDER = 'lwc';
export const BUNDLE_TYPE = 'LightningComponentBundle';

/** Parts of an object: folder in a project and element in an `.object` file have one name. */
export const OBJECT_PARTS: Readonly<Record<string, FileType>> = {
  fields: { type: 'CustomField', suffix: 'field' },
  validationRules: { type: 'ValidationRule', suffix: 'validationRule' },
  listViews: { type: 'ListView', suffix: 'listView' },
  compactLayouts: { type: 'CompactLayout', suffix: 'compactLayout' },
  fieldSets: { type: 'FieldSet', suffix: 'fieldSet' },
  recordTypes: { type: 'RecordType', suffix: 'recordType' },
  webLinks: { type: 'WebLink', suffix: 'webLink' },
  businessProcesses: { type: 'BusinessProcess', suffix: 'businessProcess' },
  indexes: { type: 'Index', suffix: 'index' },
};

/** The element of an `.object` file (and the project folder) for a part type: CustomField → `fields`. */
export function partElement(type: string): string | undefined {
  return Object.keys(OBJECT_PARTS).find((name) => OBJECT_PARTS[name]!.type === type);
}
