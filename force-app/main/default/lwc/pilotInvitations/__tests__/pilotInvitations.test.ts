import PilotInvitations from 'c/pilotInvitations';
import { person, SMALL, someNetwork, treeOf } from '../../pilotNetwork/__tests__/someNetwork';
import {
  find,
  frameOf,
  holdClock,
  READER,
  settle,
  show,
  texts,
} from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';
import { openAtFirst, treeView } from '../treeView';

type Values = Parameters<typeof someNetwork>[0];
const NAMES = new Map([[person(1), 'Priya Shah']]);

function open(values: Values = {}): Shown {
  return show('c-pilot-invitations', PilotInvitations, { network: someNetwork(values), names: NAMES });
}
const items = (element: Shown): SVGElement[] => [
  ...element.shadowRoot.querySelectorAll<SVGElement>('[role="treeitem"]'),
];
const focused = (element: Shown): string | undefined =>
  items(element)
    .find((item) => item.getAttribute('tabindex') === '0')
    ?.getAttribute('aria-label') ?? undefined;
async function press(element: Shown, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    find(element, 'tree')!.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
    );
    await settle();
  }
}
/** A chain in which everybody brought in the next. */
const chain = (length: number): Values => {
  const nodes = treeOf(Array.from({ length }, (_, place) => (place === 0 ? null : place - 1)));
  return { tree: { nodes, more: 0 } };
};

holdClock();

describe('treeView', () => {
  it('opens small trees whole and of large ones the roots alone', () => {
    expect(openAtFirst(someNetwork(chain(40)).tree.nodes).size).toBe(39);
    expect([...openAtFirst(someNetwork(chain(41)).tree.nodes)]).toEqual([0]);
  });

  it('puts everybody below who brought them in, with a branch from there', () => {
    const state = { open: new Set([0, 1, 2, 7, 12, 15]), focused: 0, names: NAMES };
    const { rows, height } = treeView(someNetwork(), state, READER);
    expect(rows).toHaveLength(18);
    expect(height).toBe(18 * 28);
    expect(rows.slice(0, 4).map(({ place, level }) => [place, level])).toEqual([
      [0, 1],
      [1, 2],
      [7, 3],
      [12, 4],
    ]);
    expect(rows[1]).toMatchObject({
      x: 50,
      y: 42,
      position: 1,
      siblings: 6,
      branch: 'M26 22V34Q26 42 34 42H50',
    });
    expect(rows[0]!.branch).toBe('');
  });

  it('draws a larger mark for a longer reach, up to what a row holds', () => {
    const { rows } = treeView(
      someNetwork(chain(200)),
      { open: new Set([0]), focused: 0, names: NAMES },
      READER,
    );
    expect(rows[0]!.radius).toBe(10);
  });
});

describe('c-pilot-invitations', () => {
  it('names those it knows, and others by the start of their hash', async () => {
    const element = open();
    expect(texts(element, 'person').slice(0, 2)).toEqual([
      'Priya Shah · Sales Ops · brought in 14',
      'Person aaaaa2 · Marketing · brought in 6',
    ]);
    expect(items(element)[1]!.getAttribute('aria-label')).toBe(
      'Person aaaaa2 · Marketing · brought in 6, active',
    );
  });

  it('says how many people are not listed below somebody and elsewhere', () => {
    const [root] = treeOf([null]);
    const element = open({ tree: { nodes: [{ ...root!, reach: 12, more: 12, active: null }], more: 30 } });
    expect(texts(element, 'person')).toEqual([
      'Priya Shah · Sales Ops · brought in 12 · not listed below: 12',
    ]);
    expect(items(element)[0]!.getAttribute('aria-label')).toMatch(/never seen to use it$/);
    expect(texts(element, 'more')).toEqual(['People brought in by others who are not listed: 30']);
  });

  it('moves, opens and closes as the tree pattern asks, with one stop for the Tab key', async () => {
    const element = open();
    expect(items(element).filter((item) => item.getAttribute('tabindex') === '0')).toHaveLength(1);
    await press(element, 'ArrowDown', 'ArrowRight');
    expect(focused(element)).toMatch(/^Person aaaaa8/);
    await press(element, 'ArrowLeft');
    expect(items(element)).toHaveLength(15);
    expect(focused(element)).toMatch(/^Person aaaaa8/);
    await press(element, 'ArrowLeft');
    expect(focused(element)).toMatch(/^Person aaaaa2/);
    await press(element, 'End');
    expect(focused(element)).toBe(items(element).at(-1)!.getAttribute('aria-label'));
    await press(element, 'Home', 'Enter');
    expect(items(element)).toHaveLength(4);
    expect(items(element)[0]!.getAttribute('aria-expanded')).toBe('false');
    await press(element, 'ArrowRight');
    expect(items(element)).toHaveLength(15);
  });

  it('stays where it is at both ends, on leaves, and for keys that are not its own', async () => {
    const element = open();
    await press(element, 'ArrowUp', 'x');
    expect(focused(element)).toMatch(/^Priya Shah/);
    await press(element, 'End', 'ArrowDown', 'ArrowRight', ' ');
    expect(focused(element)).toBe(items(element).at(-1)!.getAttribute('aria-label'));
    expect(items(element)).toHaveLength(18);
  });

  it('has no attribute for open or closed on somebody without people below', () => {
    const [, , , leaf] = items(open({ tree: { nodes: treeOf([null, 0, 0, 0]), more: 0 } }));
    expect(leaf!.hasAttribute('aria-expanded')).toBe(false);
    expect([leaf!.getAttribute('aria-posinset'), leaf!.getAttribute('aria-setsize')]).toEqual(['3', '3']);
    expect(leaf!.getAttribute('aria-level')).toBe('2');
  });

  it('opens and closes by a tap', async () => {
    const element = open();
    items(element)[0]!.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    await settle();
    expect(items(element)).toHaveLength(4);
  });

  it('has a table twin that lists everybody, closed branches too', async () => {
    const element = open(chain(60));
    expect(items(element)).toHaveLength(2);
    find(frameOf(element), 'toggle')!.click();
    await settle();
    expect(texts(frameOf(element), 'row')).toHaveLength(60);
    expect(texts(frameOf(element), 'row')[1]).toBe('Person aaaaa2Priya ShahMarketingyes58');
  });

  it('is accessible as a tree, with a branch closed, and as a table', async () => {
    const element = open(SMALL);
    await expect(element).toBeAccessible();
    await press(element, 'Enter');
    await expect(element).toBeAccessible();
    find(frameOf(element), 'toggle')!.click();
    await settle();
    await expect(element).toBeAccessible();
  });

  it('writes what came with the data as text, never as markup', () => {
    const [first, ...others] = someNetwork().departments;
    const name = '<img src=x onerror=alert(1)>';
    const element = open({ departments: [{ ...first!, name }, ...others] });
    expect(texts(element, 'person')[0]).toContain(name);
    expect(element.shadowRoot.querySelector('img')).toBeNull();
  });

  it('is nothing where nobody is known to have brought in anybody', () => {
    expect(find(open({ tree: { nodes: [], more: 0 } }), 'tree')).toBeNull();
  });
});
