// What is wrong with a package, in the words a deploy would use.

export interface MetadataProblem {
  readonly file: string;
  /** 1-based; 1 where the whole file is meant. */
  readonly line: number;
  readonly column: number | null;
  /** Metadata API type: `CustomField`, `PermissionSet` … */
  readonly componentType: string;
  readonly fullName: string;
  /** Salesforce's kind of message. */
  readonly problem: string;
  /** Stable id of the rule that spoke, `family/rule`. */
  readonly rule: string;
  /** What to do next. */
  readonly fix: string;
}
