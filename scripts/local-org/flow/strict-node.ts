import { child, textOf, type XmlNode } from '../../metadata/xml.ts';
import { FlowError, notInterpreted } from './flow-error.ts';

/** How the canvas shows an element; nothing of it is run. */
const LAYOUT = ['name', 'label', 'description', 'locationX', 'locationY'];

/** Every child is one that the interpreter reads, or the deploy fails: an option is never skipped silently. */
export function requireKnown(node: XmlNode, known: readonly string[]): void {
  const odd = node.children.find(({ name }) => !known.includes(name) && !LAYOUT.includes(name));
  if (odd === undefined) return;
  const element = textOf(odd, 'name');
  throw notInterpreted(`${element === null ? '' : `${element}, a `}<${odd.name}> of <${node.name}>`, odd);
}

export function requireText(node: XmlNode, name: string): string {
  const text = textOf(node, name);
  if (text === null) throw new FlowError(`Required field is missing: ${name}`, node);
  return text;
}

/** One of the values that the interpreter knows. */
export function requireOneOf<T extends string>(node: XmlNode, name: string, known: readonly T[]): T {
  const text = requireText(node, name);
  const found = known.find((value) => value === text);
  if (found === undefined) throw notInterpreted(`<${name}> ${text}`, child(node, name) ?? node);
  return found;
}

/** The target of a connector; null when the path ends here. */
export function readConnector(node: XmlNode, name = 'connector'): string | null {
  const connector = child(node, name);
  if (connector === undefined) return null;
  // `isGoTo` only draws the line differently.
  requireKnown(connector, ['targetReference', 'isGoTo']);
  return requireText(connector, 'targetReference');
}
