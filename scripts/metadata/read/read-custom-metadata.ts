import type { CustomMetadataRecord } from '../model.ts';
import { child, childrenOf, textOf, type XmlNode } from '../xml.ts';

/** Reads a `<CustomMetadata>` record; `fullName` is `PilotPolicy.Default`, the type gets its `__mdt` back. */
export function readCustomMetadata(fullName: string, node: XmlNode): CustomMetadataRecord {
  const dot = fullName.indexOf('.');
  const values = childrenOf(node, 'values').map(
    (each) => [textOf(each, 'field') ?? '', valueOf(child(each, 'value'))] as const,
  );
  return {
    type: `${fullName.slice(0, dot)}__mdt`,
    name: fullName.slice(dot + 1),
    label: textOf(node, 'label') ?? fullName.slice(dot + 1),
    values: new Map(values),
  };
}

function valueOf(node: XmlNode | undefined): string | number | boolean | null {
  if (!node || node.attributes['xsi:nil'] === 'true') return null;
  const text = node.text.trim();
  switch (node.attributes['xsi:type']) {
    case 'xsd:boolean':
      return text === 'true';
    case 'xsd:double':
    case 'xsd:int':
      return text === '' || Number.isNaN(Number(text)) ? null : Number(text);
    default:
      return text === '' ? null : text;
  }
}
