// What the tests of every component do: put one on the page, read what it says, and hold the clock.
import { createElement } from 'lwc';
import { LABELS } from 'c/pilotLabels';
import type { Reader } from 'c/pilotReader';
import { readDetails, readPilots } from 'c/pilotRecord';
import type { Details, Pilot } from 'c/pilotRecord';
import { answerOf, detailsAnswer, pilotNode } from './pilotAnswer';

export type Shown = HTMLElement & { shadowRoot: ShadowRoot };

export const NOW = new Date('2026-11-17T12:00:00Z');
export const READER: Reader = { words: LABELS, locale: 'en-US', timeZone: 'UTC', currency: 'USD', now: NOW };

export function show(tag: string, is: Parameters<typeof createElement>[1]['is'], properties: object): Shown {
  const element = createElement(tag, { is });
  Object.assign(element, properties);
  document.body.appendChild(element);
  return element as unknown as Shown;
}

/** Texts of all places with this `data-id`. */
export function texts(element: Shown, id: string): string[] {
  return [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)].map((node) =>
    node.textContent!.replace(/\s+/g, ' ').trim(),
  );
}

export function find<T extends HTMLElement = Shown>(element: Shown, id: string): T | null {
  return element.shadowRoot.querySelector<T>(`[data-id="${id}"]`);
}

/** The frame around a component's chart: heading, slider, read-out and table are its own. */
export function frameOf(element: Shown): Shown {
  return element.shadowRoot.querySelector<Shown>('c-pilot-chart-frame')!;
}

export function aPilot(...given: Parameters<typeof pilotNode>): Pilot {
  return readPilots(answerOf(pilotNode(...given)))![0]!;
}

export function someDetails(...given: Parameters<typeof detailsAnswer>): Details {
  return readDetails(detailsAnswer(...given))!;
}

/** Everything that was promised before has happened. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

export function holdClock(): void {
  beforeEach(() =>
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask'], now: NOW }),
  );
  afterEach(() => {
    jest.useRealTimers();
    document.body.replaceChildren();
  });
}
