// When the parts of the opportunity page were there, by the browser's own clock.
import type { Page } from 'playwright-core';

/** Milliseconds since the visit began. */
export interface Paint {
  readonly documentMs: number;
  /** The components' scripts ran and asked the org. */
  readonly scriptsMs: number;
  readonly answerMs: number;
  /** The header says how the pilot stands. */
  readonly panelMs: number;
  /** The last part of the panel, which needs the second answer. */
  readonly detailsMs: number;
  /** As `detailsMs`, once no task of more than 50 ms is running any more. */
  readonly interactiveMs: number;
}

// A frame that follows the change has painted it.
const WATCH = `new Promise((done) => {
  const inside = (node, ...path) => path.reduce((found, selector) => (found?.shadowRoot ?? found)?.querySelector(selector), node);
  const times = {};
  const look = () => {
    const panel = inside(document, 'c-pilot-panel');
    if (times.panelMs === undefined && inside(panel, 'c-pilot-header', '[data-id="headline"]')) times.panelMs = performance.now();
    if (!inside(panel, 'c-pilot-check-ins', '[data-id="check-in"]')) return requestAnimationFrame(look);
    times.detailsMs = performance.now();
    setTimeout(() => done(times), 200);
  };
  requestAnimationFrame(look);
})`;

/** Waits until the panel is whole. */
export async function watchPaint(page: Page): Promise<Paint> {
  const seen = await page.evaluate<{ panelMs: number; detailsMs: number }>(WATCH);
  const known = await page.evaluate<Omit<Paint, 'panelMs' | 'detailsMs'>>(`(async () => {
    const [visit] = performance.getEntriesByType('navigation');
    const [pilots] = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/graphql'));
    const longTasks = await new Promise((done) => {
      new PerformanceObserver((list) => done(list.getEntries())).observe({ type: 'longtask', buffered: true });
      setTimeout(() => done([]), 100);
    });
    const ends = longTasks.map(({ startTime, duration }) => startTime + duration);
    return {
      documentMs: visit.responseEnd,
      scriptsMs: pilots.startTime,
      answerMs: pilots.responseEnd,
      interactiveMs: Math.max(0, ...ends),
    };
  })()`);
  return { ...seen, ...known, interactiveMs: Math.max(seen.detailsMs, known.interactiveMs) };
}
