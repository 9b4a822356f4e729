// Recognises a path of a project (`force-app/main/default/objects/A__c/fields/B__c.field-meta.xml`)
// or of a deploy zip (`objects/A__c.object`) and says which definition it holds.
import { BUNDLE_FOLDER, BUNDLE_TYPE, FILE_TYPES, OBJECT_PARTS } from '../component-types.ts';

export type FileRole =
  | {
      readonly kind: 'definition';
      readonly type: string;
      readonly fullName: string;
      readonly zipPath: string;
    }
  /** One part of an object, in its own file. */
  | { readonly kind: 'part'; readonly type: string; readonly object: string; readonly name: string }
  | { readonly kind: 'bundle'; readonly type: string; readonly fullName: string; readonly zipPath: string }
  | { readonly kind: 'folder'; readonly type: string; readonly fullName: string; readonly zipPath: string }
  | { readonly kind: 'manifest' }
  | { readonly kind: 'project' }
  /** Sources, tests and notes that no deploy takes along. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'unknown' };

const IGNORED = /(^|\/)(__tests__|\.[^/]*)(\/|$)|\.ts$|\.md$|(^|\/)(tsconfig|jsconfig)\.json$|\/$/;
const METADATA_DOCUMENT = /(^|\/)customMetadata\/[^/]+\.md$/;

/** Says what a file is; never throws. */
export function locateFile(path: string): FileRole {
  if (/(^|\/)package\.xml$/.test(path)) return { kind: 'manifest' };
  if (/(^|\/)destructiveChanges(Pre|Post)?\.xml$/.test(path)) return { kind: 'ignored' };
  if (/(^|\/)sfdx-project\.json$/.test(path)) return { kind: 'project' };
  if (IGNORED.test(path) && !METADATA_DOCUMENT.test(path)) return { kind: 'ignored' };

  const segments = path.split('/');
  if (segments.includes('..')) return { kind: 'unknown' };
  // A package directory may be called like a type (force-app/translations): the first place that makes sense counts.
  for (const [at, folder] of segments.slice(0, -1).entries()) {
    if (folder !== BUNDLE_FOLDER && !(folder in FILE_TYPES)) continue;
    const role = locateIn(folder, segments.slice(at + 1));
    if (role.kind !== 'unknown') return role;
  }
  return { kind: 'unknown' };
}

function locateIn(folder: string, rest: readonly string[]): FileRole {
  if (folder === BUNDLE_FOLDER) return locateBundleFile(rest);
  if (folder === 'objects' && rest.length > 1) return locateObjectFile(rest);
  if (folder === 'objectTranslations' && rest.length === 2) return locateTranslation(rest);
  return locateDefinition(folder, rest);
}

// A project keeps an object's translation in a folder of its own; a zip has the file alone.
function locateTranslation([object = '', file]: readonly string[]): FileRole {
  return file === `${object}.objectTranslation-meta.xml`
    ? locateDefinition('objectTranslations', [file])
    : { kind: 'unknown' };
}

function locateBundleFile(rest: readonly string[]): FileRole {
  if (rest.length < 2) return { kind: 'unknown' };
  return {
    kind: 'bundle',
    type: BUNDLE_TYPE,
    fullName: rest[0]!,
    zipPath: [BUNDLE_FOLDER, ...rest].join('/'),
  };
}

function locateObjectFile(rest: readonly string[]): FileRole {
  const object = rest[0]!;
  if (rest.length === 2 && rest[1] === `${object}.object-meta.xml`) {
    return {
      kind: 'definition',
      type: 'CustomObject',
      fullName: object,
      zipPath: `objects/${object}.object`,
    };
  }
  const part = rest.length === 3 ? OBJECT_PARTS[rest[1]!] : undefined;
  const ending = `.${part?.suffix}-meta.xml`;
  if (!part || !rest[2]!.endsWith(ending)) return { kind: 'unknown' };
  return { kind: 'part', type: part.type, object, name: decodeName(rest[2]!.slice(0, -ending.length)) };
}

function locateDefinition(folder: string, rest: readonly string[]): FileRole {
  const { type, suffix, folderSuffix } = FILE_TYPES[folder]!;
  if (!folderSuffix && rest.length > 1) return { kind: 'unknown' };
  const path = rest.join('/');
  for (const ending of [`.${folderSuffix}-meta.xml`, '-meta.xml']) {
    const name = path.slice(0, -ending.length);
    if (folderSuffix && path.endsWith(ending) && !name.endsWith(`.${suffix}`)) {
      return { kind: 'folder', type, fullName: name, zipPath: `${folder}/${name}-meta.xml` };
    }
  }
  const file = path.replace(/-meta\.xml$/, '');
  if (!file.endsWith(`.${suffix}`)) return { kind: 'unknown' };
  const fullName = decodeName(file.slice(0, -suffix.length - 1));
  return { kind: 'definition', type, fullName, zipPath: `${folder}/${file}` };
}

// Layout names carry %28 and the like in file names.
function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
