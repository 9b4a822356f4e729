// Who brought in whom, as rows of an indented tree: pure layout and words, no DOM.
import type { ChartTable } from 'c/pilotChartFrame';
import { sayTo } from 'c/pilotReader';
import type { Reader, Say } from 'c/pilotReader';
import type { Network, NetworkNode } from 'c/pilotSpread';

/** Names of people by hash, where a Contact is known. */
export type Names = ReadonlyMap<string, string>;

export interface TreeRow {
  /** Place in `network.tree.nodes`. */
  readonly place: number;
  readonly key: string;
  /** From 1, as aria-level counts. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  /** `true` or `false`; null for somebody without people below, where the attribute must be absent. */
  readonly expanded: string | null;
  readonly tabIndex: string;
  readonly text: string;
  /** `text` and what the mark says by its shape. */
  readonly label: string;
  readonly mark: string;
  readonly radius: number;
  readonly x: number;
  readonly y: number;
  readonly textX: number;
  readonly top: number;
  /** SVG path from the inviter's mark to this one; empty for a root. */
  readonly branch: string;
  /** The triangle that says whether it is open; empty where nothing is below. */
  readonly arrow: string;
}

export interface TreeView {
  readonly rows: readonly TreeRow[];
  readonly width: number;
  readonly height: number;
  readonly viewBox: string;
}

export const ROW_HEIGHT = 28;
const INDENT = 24;
const LEFT = 26;
/** Wider than the average letter of the page's font at 13 px, so that no text is cut. */
const LETTER = 7.5;
/** Trees of up to so many people are open at first; of larger ones the roots are. */
const OPEN_AT_FIRST = 40;
const CODE_LENGTH = 6;

/** Places with people below them. */
export function parentsOf(nodes: readonly NetworkNode[]): ReadonlySet<number> {
  return new Set(nodes.flatMap(({ parent }) => (parent === null ? [] : [parent])));
}

/** Which places are open before anybody has touched the tree. */
export function openAtFirst(nodes: readonly NetworkNode[]): ReadonlySet<number> {
  const parents = [...parentsOf(nodes)];
  return new Set(
    nodes.length <= OPEN_AT_FIRST ? parents : parents.filter((place) => nodes[place]!.parent === null),
  );
}

/** Rows of everybody whose inviters are all open, in the order of reading. */
export function treeView(
  network: Network,
  {
    open,
    focused,
    names,
  }: { readonly open: ReadonlySet<number>; readonly focused: number; readonly names: Names },
  reader: Reader,
): TreeView {
  const { nodes } = network.tree;
  const say = sayTo(reader);
  const children = childrenOf(nodes);
  const rows: TreeRow[] = [];
  const visit = (
    place: number,
    level: number,
    position: number,
    siblings: number,
    above: TreeRow | null,
  ): void => {
    const node = nodes[place]!;
    const below = children.get(place) ?? [];
    const shape = shapeOf(node, rows.length, level, above);
    const text = personText(network, node, names, say);
    const row: TreeRow = {
      place,
      key: String(place),
      level,
      position,
      siblings,
      expanded: below.length === 0 ? null : String(open.has(place)),
      tabIndex: place === focused ? '0' : '-1',
      text,
      label: `${text}, ${say(`Pilot_Network_${MARKS[String(node.active)]!.word}`)}`,
      mark: MARKS[String(node.active)]!.className,
      arrow: below.length === 0 ? '' : arrowOf(shape, open.has(place)),
      ...shape,
    };
    rows.push(row);
    if (open.has(place))
      below.forEach((child, index) => visit(child, level + 1, index + 1, below.length, row));
  };
  const roots = children.get(null) ?? [];
  roots.forEach((root, index) => visit(root, 1, index + 1, roots.length, null));
  const width = Math.ceil(Math.max(0, ...rows.map(({ textX, text }) => textX + text.length * LETTER)) + 8);
  const height = rows.length * ROW_HEIGHT;
  return { rows, width, height, viewBox: `0 0 ${width} ${height}` };
}

/** Everybody listed. */
export function personTable(network: Network, names: Names, reader: Reader): ChartTable {
  const say = sayTo(reader);
  const { nodes } = network.tree;
  const none = say('Pilot_Network_none');
  return {
    head: ['person', 'by', 'department', 'active', 'reach'].map((column) =>
      say(`Pilot_Network_col_${column}`),
    ),
    rows: nodes.map((node) => [
      nameOf(node.person, names, say),
      node.parent === null ? none : nameOf(nodes[node.parent]!.person, names, say),
      departmentOf(network, node) ?? none,
      say(`Pilot_Network_${{ 1: 'yes', 0: 'no', null: 'unseen' }[String(node.active)]!}`),
      String(node.reach),
    ]),
  };
}

/** The Contact's name; for somebody known by a hash alone, its first digits. */
export function nameOf(person: string, names: Names, say: Say): string {
  return names.get(person) ?? say('Pilot_Network_person', { code: person.slice(0, CODE_LENGTH) });
}

// Shape says it as well as colour: full, empty, dashed.
const MARKS: Readonly<Record<string, { readonly className: string; readonly word: string }>> = {
  1: { className: 'mark active', word: 'active' },
  0: { className: 'mark inactive', word: 'inactive' },
  null: { className: 'mark unseen', word: 'unseen' },
};

function childrenOf(nodes: readonly NetworkNode[]): ReadonlyMap<number | null, readonly number[]> {
  const children = new Map<number | null, number[]>();
  nodes.forEach(({ parent }, place) => children.set(parent, [...(children.get(parent) ?? []), place]));
  return children;
}

function shapeOf(
  { reach }: NetworkNode,
  index: number,
  level: number,
  above: TreeRow | null,
): Pick<TreeRow, 'radius' | 'x' | 'y' | 'textX' | 'top' | 'branch'> {
  const radius = Math.min(10, 4 + Math.sqrt(reach));
  const x = LEFT + (level - 1) * INDENT;
  const y = index * ROW_HEIGHT + ROW_HEIGHT / 2;
  const turn = above === null ? 0 : y - 8;
  const branch =
    above === null
      ? ''
      : `M${above.x} ${Math.round(above.y + above.radius)}V${turn}Q${above.x} ${y} ${above.x + 8} ${y}H${x}`;
  return { radius, x, y, textX: x + 16, top: y - ROW_HEIGHT / 2, branch };
}

/** Beside the mark, however large it is. */
function arrowOf({ x: middle, y, radius }: Pick<TreeRow, 'x' | 'y' | 'radius'>, isOpen: boolean): string {
  const x = Math.round(middle - radius - 7);
  return isOpen ? `M${x - 4} ${y - 2}h8l-4 5z` : `M${x - 2} ${y - 4}v8l5 -4z`;
}

function personText(network: Network, node: NetworkNode, names: Names, say: Say): string {
  const department = departmentOf(network, node);
  const values = { name: nameOf(node.person, names, say), department, reach: node.reach };
  const line =
    node.reach === 0
      ? department === null
        ? values.name
        : say('Pilot_Network_person_leaf', values)
      : say(department === null ? 'Pilot_Network_person_line_bare' : 'Pilot_Network_person_line', values);
  return node.more === 0 ? line : say('Pilot_Network_person_more', { line, more: node.more });
}

function departmentOf({ departments }: Network, { department }: NetworkNode): string | null {
  return department === null ? null : (departments[department]?.name ?? null);
}
