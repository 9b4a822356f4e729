// The shipped FlexiPage as the preview needs it: regions in order, each with its components; facets (the
// insides of tabs) resolved.
import { readFileSync } from 'node:fs';
import { childrenOf, parseXml, textOf } from '../metadata/xml.ts';
import type { XmlNode } from '../metadata/xml.ts';

export interface PlacedComponent {
  /** `c:pilotPanel`, `force:detailPanel` … as in App Builder. */
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  /** Components inside, for tabs and other containers. */
  readonly inside: readonly PlacedComponent[];
}

export interface Region {
  readonly name: string;
  readonly components: readonly PlacedComponent[];
}

/** Reads the regions of a FlexiPage file; facets appear inside the component that names them. */
export function readPageLayout(file: string): readonly Region[] {
  const regions = childrenOf(parseXml(readFileSync(file, 'utf8')), 'flexiPageRegions');
  const byName = new Map<string, XmlNode[]>();
  for (const region of regions) {
    const name = nameOf(region);
    byName.set(name, [...(byName.get(name) ?? []), region]);
  }
  const place = (name: string, depth: number): PlacedComponent[] => {
    // A facet that names itself would never end; App Builder allows a few levels.
    if (depth > 10) throw new Error(`${file}: region ${name} is nested more than 10 levels deep.`);
    return (byName.get(name) ?? []).flatMap((region) =>
      componentsOf(region, (facet) => place(facet, depth + 1)),
    );
  };
  const isFacet = (name: string): boolean =>
    regions.some((region) => nameOf(region) === name && textOf(region, 'type') === 'Facet');
  return [...byName.keys()]
    .filter((name) => !isFacet(name))
    .map((name) => ({ name, components: place(name, 0) }));
}

function componentsOf(region: XmlNode, place: (facet: string) => PlacedComponent[]): PlacedComponent[] {
  return childrenOf(region, 'itemInstances')
    .flatMap((item) => childrenOf(item, 'componentInstance'))
    .map((component) => {
      const pairs = childrenOf(component, 'componentInstanceProperties').map(
        (property) => [nameOf(property), textOf(property, 'value') ?? ''] as const,
      );
      const inside = pairs
        .filter(([, value]) => value.startsWith('Facet-'))
        .flatMap(([, value]) => place(value));
      return {
        name: textOf(component, 'componentName') ?? '',
        properties: Object.fromEntries(pairs),
        inside,
      };
    });
}

function nameOf(node: XmlNode): string {
  return textOf(node, 'name') ?? '';
}
