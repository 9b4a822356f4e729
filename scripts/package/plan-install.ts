// What an install may deploy without losing what an admin changed.
import type { Component } from '../metadata/read/component.ts';
import { child, childrenOf, textOf, type XmlNode } from '../metadata/xml.ts';
import { definitionText } from './zip-format.ts';

export interface Drift {
  readonly type: string;
  readonly fullName: string;
  /** What the install does about it. */
  readonly action: 'kept' | 'merged' | 'overwritten';
  /** The part that differs: a grant, a label, a value; the whole definition when null. */
  readonly part: string | null;
}

export interface InstallPlan {
  readonly deploy: readonly Component[];
  readonly drift: readonly Drift[];
  /** Definitions the org does not have yet. */
  readonly added: number;
}

export interface PlanInput {
  readonly ours: readonly Component[];
  /** The same definitions as the org has them. */
  readonly theirs: readonly Component[];
  /** What was installed last; without it every difference counts as the admin's. */
  readonly previous: readonly Component[] | null;
  readonly overwrite: boolean;
}

/**
 * Compares three ways: what we ship, what the org has, what we shipped last. What only we changed is deployed; what
 * the admin changed stays, unless `overwrite`. Picklist values, grants and labels are merged one by one.
 */
export function planInstall({ ours, theirs, previous, overwrite }: PlanInput): InstallPlan {
  const there = byKey(theirs);
  const last = byKey(previous ?? []);
  const deploy: Component[] = [];
  const drift: Drift[] = [];
  let added = 0;
  for (const our of ours) {
    const their = there.get(keyOf(our));
    // Code is not asked back from the org, so nobody knows whether it is new there.
    if (!their && our.type !== 'LightningComponentBundle') added += 1;
    const before = last.get(keyOf(our)) ?? null;
    const planned = their ? planOne(our, their, before, overwrite) : { deploy: our, drift: [] };
    if (planned.deploy) deploy.push(planned.deploy);
    drift.push(...planned.drift);
  }
  return { deploy, drift, added };
}

const keyOf = ({ type, fullName, zipPath }: Component) =>
  type === 'LightningComponentBundle' ? zipPath : `${type} ${fullName}`;

function byKey(components: readonly Component[]): Map<string, Component> {
  return new Map(components.map((each) => [keyOf(each), each]));
}

interface Planned {
  readonly deploy: Component | null;
  readonly drift: readonly Drift[];
}

function planOne(our: Component, their: Component, before: Component | null, overwrite: boolean): Planned {
  // Nobody edits the code of a component in an org.
  if (our.type === 'LightningComponentBundle') return { deploy: our, drift: [] };
  const lists = LISTS[our.type];
  if (lists) return mergeLists(our, their, before, overwrite, lists);
  const set = our.type === 'CustomField' ? child(our.node, 'valueSet') : undefined;
  if (set && child(set, 'valueSetDefinition')) return mergeValues(our, their, before, overwrite);
  return chooseWhole(our, their, before, overwrite);
}

function chooseWhole(
  our: Component,
  their: Component,
  before: Component | null,
  overwrite: boolean,
): Planned {
  if (isEqual(our.node, their.node)) return { deploy: our, drift: [] };
  // Only we changed it since.
  if (before && isEqual(before.node, their.node)) return { deploy: our, drift: [] };
  const { type, fullName } = our;
  // The org holds all of ours and more: nothing to deploy.
  if (!overwrite && holds(their.node, our.node)) return { deploy: null, drift: [] };
  const action = overwrite ? 'overwritten' : 'kept';
  return { deploy: overwrite ? our : null, drift: [{ type, fullName, action, part: null }] };
}

/** Lists that are merged entry by entry: type → element → the child that names the entry. */
const LISTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  PermissionSet: {
    applicationVisibilities: 'application',
    customMetadataTypeAccesses: 'name',
    customPermissions: 'name',
    fieldPermissions: 'field',
    flowAccesses: 'flow',
    objectPermissions: 'object',
    tabSettings: 'tab',
    userPermissions: 'name',
  },
  CustomLabels: { labels: 'fullName' },
};

function mergeLists(
  our: Component,
  their: Component,
  before: Component | null,
  overwrite: boolean,
  lists: Readonly<Record<string, string>>,
): Planned {
  const drift: Drift[] = [];
  const { type, fullName } = our;
  const children = our.node.children.filter(({ name }) => !(name in lists));
  for (const [element, key] of Object.entries(lists)) {
    const merged = mergeEntries(our.node, their.node, before?.node, element, key, overwrite);
    children.push(
      ...merged.entries
        .filter(({ isTheirs }) => !isTheirs || type !== 'CustomLabels')
        .map(({ node }) => node),
    );
    for (const [part, action] of merged.changed) drift.push({ type, fullName, action, part });
  }
  children.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const node = { ...our.node, children };
  return { deploy: { ...our, node, text: definitionText(node) }, drift };
}

interface Merged {
  readonly entries: readonly { readonly node: XmlNode; readonly isTheirs: boolean }[];
  readonly changed: readonly (readonly [part: string, action: Drift['action']])[];
}

function mergeEntries(
  our: XmlNode,
  their: XmlNode,
  before: XmlNode | undefined,
  element: string,
  key: string,
  overwrite: boolean,
): Merged {
  const index = (node: XmlNode | undefined) =>
    new Map((node ? childrenOf(node, element) : []).map((each) => [textOf(each, key) ?? '', each]));
  const [ours, theirs, last] = [index(our), index(their), index(before)];
  const changed: [string, Drift['action']][] = [];
  const entries = [...ours].map(([name, node]) => {
    const there = theirs.get(name);
    const was = last.get(name);
    if (!there || isEqual(there, node) || (was && isEqual(was, there))) return { node, isTheirs: false };
    changed.push([name, overwrite ? 'overwritten' : 'kept']);
    return { node: overwrite ? node : there, isTheirs: false };
  });
  for (const [name, node] of theirs) {
    // What we shipped last and dropped now goes; what the admin added stays.
    if (ours.has(name) || last.has(name)) continue;
    changed.push([name, 'merged']);
    entries.push({ node, isTheirs: true });
  }
  return {
    entries,
    changed: element === 'labels' ? changed.filter(([, action]) => action !== 'merged') : changed,
  };
}

/** A picklist: the definition three ways, its values merged, because a missing value would be deactivated. */
function mergeValues(
  our: Component,
  their: Component,
  before: Component | null,
  overwrite: boolean,
): Planned {
  const bare = (each: Component): Component => ({ ...each, node: withValues(each.node, []) });
  const whole = chooseWhole(bare(our), bare(their), before && bare(before), overwrite);
  const start = whole.drift.some(({ action }) => action === 'kept') ? their : our;
  const merged = mergeEntries(valuesOf(our.node), valuesOf(their.node), undefined, 'value', 'fullName', true);
  const { type, fullName } = our;
  const added = merged.changed.filter(([, action]) => action === 'merged');
  const drift = [...whole.drift, ...added.map(([part, action]): Drift => ({ type, fullName, action, part }))];
  const values = merged.entries.map(({ node }) => node);
  return { deploy: { ...our, node: withValues(start.node, values) }, drift };
}

function valuesOf(field: XmlNode): XmlNode {
  const set = child(field, 'valueSet');
  return (set && child(set, 'valueSetDefinition')) ?? { ...field, children: [] };
}

function withValues(field: XmlNode, values: readonly XmlNode[]): XmlNode {
  const replaced = (node: XmlNode): XmlNode => {
    if (node.name === 'valueSetDefinition')
      return { ...node, children: [...node.children.filter(({ name }) => name !== 'value'), ...values] };
    return node.name === 'valueSet' || node === field
      ? { ...node, children: node.children.map(replaced) }
      : node;
  };
  return replaced(field);
}

/** Everything of `part` is in `whole`; an org adds elements with its defaults. */
function holds(whole: XmlNode, part: XmlNode): boolean {
  if (part.children.length === 0) return part.text.trim() === whole.text.trim();
  return part.children.every((each) =>
    whole.children.some((other) => other.name === each.name && holds(other, each)),
  );
}

function isEqual(a: XmlNode, b: XmlNode): boolean {
  return holds(a, b) && holds(b, a);
}
