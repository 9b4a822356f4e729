// What the pages of the preview share: who looks at them, in which language, and where to go from here.
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { LANGUAGES } from './read-labels.ts';
import type { Language } from './read-labels.ts';
import type { Viewer } from './org-client.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface Visit {
  readonly viewer: Viewer;
  readonly viewers: readonly Viewer[];
  readonly language: Language;
  /** Pixels of a narrow window to show the page in; null fills the window. */
  readonly width: number | null;
  readonly path: string;
}

const WIDTHS = [null, 1024, 400] as const;

/** A link to the same page with one thing changed. */
export function linkTo(
  visit: Visit,
  change: { user?: string; lang?: Language; width?: number | null; path?: string },
): string {
  const query = new URLSearchParams({
    user: change.user ?? visit.viewer.key,
    lang: change.lang ?? visit.language,
  });
  const width = change.width === undefined ? visit.width : change.width;
  if (width !== null) query.set('width', String(width));
  return `${change.path ?? visit.path}?${query}`;
}

/** A whole document; `body` below the strip that switches user, language and width. */
export function document(visit: Visit, title: string, body: Html): Html {
  return html`<!doctype html>
    <html lang="${visit.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/slds.css" />
        <link rel="stylesheet" href="/assets/preview.css" />
      </head>
      <body>
        ${body}
      </body>
    </html>`;
}

/** The strip above every page; `more` is a link of that page alone. */
export function switches(visit: Visit, more: Html | string = ''): Html {
  const choice = (label: string, url: string, isCurrent: boolean): Html =>
    isCurrent
      ? html`<span aria-current="true" class="choice">${label}</span>`
      : html`<a class="choice" href="${url}">${label}</a>`;
  return html`<nav class="switches" aria-label="Preview">
    <a class="choice" href="${linkTo(visit, { path: '/', width: null })}">All opportunities</a>
    ${more}
    <span
      >${visit.viewers.map((viewer) => choice(viewer.label, linkTo(visit, { user: viewer.key }), viewer === visit.viewer))}</span
    >
    <span>${LANGUAGES.map((lang) => choice(lang, linkTo(visit, { lang }), lang === visit.language))}</span>
    <span>
      ${WIDTHS.map((width) => choice(width === null ? 'full width' : `${width} px`, linkTo(visit, { width }), width === visit.width))}
    </span>
  </nav>`;
}

/** The same page in a narrow window of its own. */
export function framed(name: string, visit: Visit): Html {
  const inside = linkTo(visit, { width: null });
  return document(
    visit,
    name,
    html`${switches(visit)}<iframe
        class="narrow"
        title="${name}"
        width="${visit.width}"
        src="${inside}"
      ></iframe>`,
  );
}
