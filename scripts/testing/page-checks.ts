// What a browser can tell of a page beyond its texts: accessibility by axe, and geometry. The code that runs
// in the page is kept as text: these scripts are compiled without the DOM's types.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const AXE = join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js');

/** Every violation of any impact, `rule: target`; no rule is disabled. */
export async function axeViolations(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(readFileSync(AXE, 'utf8'));
  // Nodes that pass are not collected: https://www.deque.com/axe/core-documentation/api-documentation/
  return page.evaluate<string[]>(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ': ' + target.join(' ') + ' ' + failureSummary)))`);
}

/** Texts that stick out of the window or of their box, or that lie on one another; components' insides included. */
export async function geometryFaults(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(${GEOMETRY})()`);
}

const GEOMETRY = `() => {
  const faults = [];
  const lines = [];
  const isHidden = (element) => {
    const style = getComputedStyle(element);
    return style.visibility === 'hidden' || style.display === 'none' || element.closest('.slds-assistive-text') !== null;
  };
  // What has scrolled out of a box is neither on the page nor over anything.
  const shared = (a, b) => {
    const left = Math.max(a.left, b.left), top = Math.max(a.top, b.top);
    const right = Math.min(a.right, b.right), bottom = Math.min(a.bottom, b.bottom);
    return { left, top, right, bottom, width: right - left, height: bottom - top };
  };
  const EVERYWHERE = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
  const visit = (node, clip) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.textContent.trim();
      if (text === '') return;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const whole of range.getClientRects()) {
        const rect = shared(whole, clip);
        if (rect.width > 0 && rect.height > 0) lines.push({ text, rect, node });
      }
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || ['SCRIPT', 'STYLE', 'IFRAME'].includes(node.tagName) || isHidden(node)) return;
    const style = getComputedStyle(node);
    const isCut = style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll';
    if (isCut && node.clientWidth > 0 && node.scrollWidth > node.clientWidth + 1) faults.push('cut off: ' + node.textContent.trim().slice(0, 60));
    const scrolls = [style.overflowX, style.overflowY].some((value) => value === 'auto' || value === 'scroll');
    const inner = scrolls && node !== document.body ? shared(clip, node.getBoundingClientRect()) : clip;
    for (const child of node.childNodes) visit(child, inner);
    if (node.shadowRoot) for (const child of node.shadowRoot.childNodes) visit(child, inner);
  };
  visit(document.body, EVERYWHERE);
  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) faults.push('the page is ' + root.scrollWidth + ' px wide in a window of ' + root.clientWidth);
  for (const { text, rect } of lines) {
    if (rect.left < -1 || rect.right > root.clientWidth + 1) faults.push('outside the window: ' + text.slice(0, 60));
  }
  // A line's box is taller than its letters: a quarter of it may overlap the next line's.
  const meets = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) / 4;
  lines.forEach((one, index) => {
    for (const other of lines.slice(index + 1)) {
      if (one.node !== other.node && meets(one.rect, other.rect)) faults.push('"' + one.text.slice(0, 40) + '" lies on "' + other.text.slice(0, 40) + '"');
    }
  });
  if (lines.length === 0) faults.push('the page holds no text');
  return faults;
}`;
