// Shape of the XML against Salesforce's own type definitions: unknown, missing, repeated and scattered
// elements, wrong enums and numbers. Two API versions, so that nothing newer than ours slips in.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MetadataProblem } from '../metadata/problem.ts';
import type { Component } from '../metadata/read/component.ts';
import type { XmlNode } from '../metadata/xml.ts';

interface Member {
  readonly type: string;
  readonly isMany: boolean;
  readonly isOptional: boolean;
}
type Definition =
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Member> }
  | { readonly kind: 'enum'; readonly values: ReadonlySet<string> };

export interface Schema {
  /** For messages: `@salesforce/types 1.9.0`. */
  readonly name: string;
  readonly definitions: ReadonlyMap<string, Definition>;
}

/** Reads the definitions of an installed `@salesforce/types`; a development dependency. */
export function loadSchema(packageName: '@salesforce/types' | '@salesforce/types-v67'): Schema {
  const declarations = fileURLToPath(import.meta.resolve(`${packageName}/metadata`)).replace(
    /\.js$/,
    '.d.ts',
  );
  const { version } = JSON.parse(readFileSync(join(dirname(declarations), '../package.json'), 'utf8')) as {
    version: string;
  };
  return {
    name: `@salesforce/types ${version}`,
    definitions: parseDefinitions(readFileSync(declarations, 'utf8')),
  };
}

/** The generated declaration file has one member a line, so that lines are enough. */
function parseDefinitions(source: string): Map<string, Definition> {
  const definitions = new Map<string, Definition>();
  const bases = new Map<string, readonly string[]>();
  let members: Map<string, Member> | null = null;
  for (const line of source.split('\n')) {
    const [, name, value = ''] = /^export type (\w+) = (.*)$/.exec(line) ?? [];
    if (name && value.endsWith('{')) {
      members = new Map();
      definitions.set(name, { kind: 'object', members });
      bases.set(
        name,
        [...value.matchAll(/(\w+) &/g)].map(([, base]) => base!),
      );
    } else if (name && value.startsWith("'")) {
      definitions.set(name, {
        kind: 'enum',
        values: new Set([...value.matchAll(/'([^']*)'/g)].map(([, each]) => each!)),
      });
    } else if (line === '};') members = null;
    else if (members) {
      const [, key, optional, type, many] = /^ {4}'?([\w:]+)'?(\?)?: (\w+)(\[\])?;$/.exec(line) ?? [];
      if (key && type)
        members.set(key, { type, isMany: many !== undefined, isOptional: optional !== undefined });
    }
  }
  // A base may stand below what extends it.
  for (const name of bases.keys())
    definitions.set(name, { kind: 'object', members: new Map(inherited(name, definitions, bases)) });
  return definitions;
}

function inherited(
  name: string,
  definitions: ReadonlyMap<string, Definition>,
  bases: ReadonlyMap<string, readonly string[]>,
): [string, Member][] {
  const own = definitions.get(name);
  return [
    ...(bases.get(name) ?? []).flatMap((base) => inherited(base, definitions, bases)),
    ...(own?.kind === 'object' ? own.members : []),
  ];
}

// The definitions say `string` for what is structured XML in a js-meta.xml file, and leave fullName to the file name.
const OPAQUE = new Set(['targetConfigs', 'fullName', 'ai']);

/** Holds every component against a schema. */
export function checkSchema(components: readonly Component[], schema: Schema): MetadataProblem[] {
  const problems: MetadataProblem[] = [];
  for (const { type, file, fullName, node } of components) {
    // Folders of reports and dashboards are in no version of the definitions; reports/folder looks at them.
    if (node.name === '' || node.name.endsWith('Folder')) continue;
    const fail = (at: XmlNode, problem: string) =>
      problems.push({
        file,
        line: at.line,
        column: at.column,
        componentType: type,
        fullName,
        problem,
        rule: 'schema/shape',
        fix: `See ${type} in ${schema.name}.`,
      });
    if (!schema.definitions.has(type)) fail(node, `The metadata type ${type} is unknown.`);
    else checkNode(node, type, schema, fail);
  }
  return problems;
}

type FailAt = (at: XmlNode, problem: string) => void;

function checkNode(node: XmlNode, type: string, schema: Schema, fail: FailAt): void {
  const definition = schema.definitions.get(type);
  if (definition?.kind !== 'object') return checkLeaf(node, type, definition, fail);
  const seen = new Map<string, XmlNode>();
  let previous = '';
  for (const each of node.children) {
    const member = definition.members.get(each.name);
    const before = seen.get(each.name);
    seen.set(each.name, each);
    if (!member) fail(each, `Element ${each.name} invalid at this location in type ${type}`);
    else if (before && !member.isMany)
      fail(each, `Element ${each.name} is duplicated at this location in type ${type}`);
    else if (before && previous !== each.name)
      fail(
        each,
        `Element ${each.name} is duplicated at this location in type ${type}: repeated elements stand together`,
      );
    else if (!OPAQUE.has(each.name)) checkNode(each, member.type, schema, fail);
    previous = each.name;
  }
  for (const [name, member] of definition.members) {
    if (!member.isOptional && !member.isMany && !seen.has(name))
      fail(node, `Required field is missing: ${name} in type ${type}`);
  }
}

function checkLeaf(node: XmlNode, type: string, definition: Definition | undefined, fail: FailAt): void {
  const text = node.text.trim();
  const inner = node.children[0];
  if (inner && type !== 'any')
    return fail(inner, `Element ${inner.name} invalid at this location in ${node.name}`);
  if (definition?.kind === 'enum' && !definition.values.has(text))
    fail(node, `'${text}' is not a valid value for the enum '${type}'`);
  if (type === 'boolean' && text !== 'true' && text !== 'false')
    fail(node, `'${text}' is not a valid value for the type xsd:boolean`);
  if (type === 'number' && (text === '' || !Number.isFinite(Number(text))))
    fail(node, `'${text}' is not a valid value for the type xsd:double`);
}
