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

/** `Pilot__c.Status__c` → `['Pilot__c', 'Status__c']`. */
export function splitName(fullName: string): [object: string, name: string] {
  const dot = fullName.indexOf('.');
  return [fullName.slice(0, dot), fullName.slice(dot + 1)];
}
