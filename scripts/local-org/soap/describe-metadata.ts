import { BUNDLE_FOLDER, BUNDLE_TYPE, FILE_TYPES, OBJECT_PARTS } from '../../metadata/component-types.ts';
import { childrenOf, textOf, type XmlNode } from '../../metadata/xml.ts';
import { findSource } from '../deploy/deployed-source.ts';
import type { OrgState } from '../org-state.ts';
import { fileProperties } from './retrieve.ts';
import type { XmlValue } from './write-xml.ts';

/** The metadata types that this org deploys. https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_describe.htm */
export function describeMetadata(): XmlValue {
  const files = Object.entries(FILE_TYPES).map(([directoryName, { type, suffix, folderSuffix }]) => ({
    ...(type === 'CustomObject'
      ? { childXmlNames: Object.values(OBJECT_PARTS).map((part) => part.type) }
      : {}),
    directoryName,
    inFolder: folderSuffix !== undefined,
    metaFile: false,
    suffix,
    xmlName: type,
  }));
  const bundle = { directoryName: BUNDLE_FOLDER, inFolder: false, metaFile: false, xmlName: BUNDLE_TYPE };
  return {
    metadataObjects: [...files, bundle],
    organizationNamespace: '',
    partialSaveAllowed: false,
    testRequired: false,
  };
}

/** What was deployed of the types asked, one entry a component. */
export function listMetadata(org: OrgState, call: XmlNode, userId: string): XmlValue {
  return childrenOf(call, 'queries').flatMap((query) => {
    const type = textOf(query, 'type') ?? '';
    const files = findSource(org.store, type, null).filter((file) => file.type === type);
    const first = files.filter(
      ({ fullName }, index) => files.findIndex((file) => file.fullName === fullName) === index,
    );
    return first.map((file) => fileProperties(org, file, userId));
  });
}
