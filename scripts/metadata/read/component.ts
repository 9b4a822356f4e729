import type { XmlNode } from '../xml.ts';

/** One definition of a package, whichever file form it came in. */
export interface Component {
  /** Metadata API type: `CustomField`, `Flow` … */
  readonly type: string;
  /** `Pilot__c.Status__c` for parts of objects. */
  readonly fullName: string;
  /** Path as given by the caller. */
  readonly file: string;
  /** Path in a deploy zip, the same for both file forms. */
  readonly zipPath: string;
  /** For files that are not XML (component bundles) an empty element. */
  readonly node: XmlNode;
  readonly text: string;
}

/** Stands for the tree of a file that is not XML. */
export const NO_XML: XmlNode = { name: '', attributes: {}, text: '', children: [], line: 1, column: 1 };

/** A package's file for a standard field (`Account.Industry`) carries settings, not a definition. */
export function isStandardField(fullName: string): boolean {
  const [object, name] = splitName(fullName);
  return !object.includes('__') && !name.includes('__');
}

/** `Pilot__c.Status__c` → `['Pilot__c', 'Status__c']`. */
export function splitName(fullName: string): [object: string, name: string] {
  const dot = fullName.indexOf('.');
  return [fullName.slice(0, dot), fullName.slice(dot + 1)];
}
