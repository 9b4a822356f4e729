import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../testing/browser.ts';
import { axeViolations } from '../testing/page-checks.ts';
import { pdfText } from '../testing/pdf-text.ts';
import { spawnPilot, type Ended } from '../testing/spawn-pilot.ts';
import { NOW } from '../testing/sync-org.ts';
import { paperHtml, type PaperLanguage } from '../../force-app/main/default/lwc/pilotPaper/paper.ts';
import { connect } from '../salesforce/connect.ts';
import { readReportFacts } from './read-report-facts.ts';
import { reportMarkdown } from './report-markdown.ts';
import { makeReport, type Report, type ReportKind } from './report-sections.ts';
import { CRITERIA, SECRETS, startReportScene, type ReportScene } from './report-scene.test-support.ts';

let scene: ReportScene;
before(async () => {
  scene = await startReportScene();
});
after(() => scene?.sync.close());

async function report(args: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  const { sync, config } = scene;
  const options = ['--config', config, '--now', NOW.toISOString(), ...args];
  const all = { ...(await sync.environment()), ...environment };
  return await spawnPilot(sync.folder, ['report', ...options], all).ended;
}

/** Lines break anywhere in a PDF. */
const squeezed = (text: string): string => text.replaceAll(/\s+/g, '');

/** Nothing that is only ours: field names, record ids, verdicts, notes, quotes without leave, terms not agreed. */
function assertNothingInternal(text: string): void {
  for (const secret of [...SECRETS, 'secret reason', 'Secret discount', 'At risk'])
    assert.ok(!squeezed(text).includes(squeezed(secret)), `${secret} is in:\n${text}`);
  assert.doesNotMatch(
    text,
    /__[cr]\b|\b[a-zA-Z0-9]{12}AA[A-Z0-9]\b|hours_saved|active_users|undefined|null|NaN/,
  );
  assert.ok(!text.includes(scene.pilotId));
}

test('the readout as PDF holds every criterion, result and agreed term, and nothing internal or clickable', async () => {
  const ended = await report(['Acme pilot', '--out', 'readout.pdf']);
  assert.deepEqual([ended.code, ended.stdout], [0, 'Pilot readout: Acme pilot: readout.pdf\n'], ended.stderr);
  const pdf = await readFile(join(scene.sync.folder, 'readout.pdf'));
  const text = pdfText(pdf);
  for (const part of [
    ...CRITERIA,
    'Pilot readout: Acme pilot',
    '2 of 3 must-have criteria are met. Not measured yet: Reply time <b>.',
    '10 hours (Mon, November 16, 2026)',
    'Service desk of two regions',
    'Dana Ortiz (sponsor)',
    'If access ends on Mon, November 30, 2026, 22 weekly users in 3 departments lose it.',
    '“It saves me an hour a day”',
    '10,400 hours a year; at $50 an hour $520,000 a year',
    'Starts on Mon, February 1, 2027.',
    '$300,000 a year',
    'Nov 2',
    '24 (to Nov 16)',
  ])
    assert.ok(squeezed(text).includes(squeezed(part)), `${part} is missing in:\n${text}`);
  assertNothingInternal(text);
  assert.doesNotMatch(pdf.toString('latin1'), /\/URI|\/JavaScript|\/Launch|\/Subtype ?\/Link/);
  assert.deepEqual(
    text.split('\n').filter((line) => /^\s*=/.test(line)),
    [],
  );
});

/** The same without a process of its own. */
async function made(kind: ReportKind, language: PaperLanguage): Promise<Report> {
  const { client } = await connect({ targetOrg: null, environment: await scene.sync.environment() });
  const facts = await readReportFacts(client, 'acme PILOT');
  return makeReport(facts, { kind, language, currency: 'USD', today: '2026-11-18' });
}

const htmlOf = ({ title, sections, language }: Report): string => paperHtml(title, sections, language);

test('the weekly note begins no cell like a formula and has no link, script or internal word', async () => {
  const html = htmlOf(await made('weekly', 'es'));
  assert.match(html, /<td>&#39;=1\+1 training<\/td>/);
  assert.doesNotMatch(html, /<td>\s*[=+\-@]|<a\b|<script|<img|Reply time <b>/);
  assert.match(html, /Reply time &lt;b&gt; \(imprescindible\)/);
  for (const part of ['Nota semanal del piloto', 'No hay nada pendiente.', '<svg', '22 personas'])
    assert.ok(html.includes(part), part);
  assertNothingInternal(html);
});

test('the business case as Markdown shows range, sources and markup as plain text', async () => {
  const { title, sections } = await made('case', 'en');
  const text = reportMarkdown(title, sections);
  for (const part of [
    '# Business case: Acme pilot',
    'Hours saved: 10 hours a week together, 0.4 hours per user and week (25 users).',
    '| Value | $364,000 | $520,000 | $676,000 |',
    '| Hours saved per user and week | 0.4 | Measured in the pilot: Hours saved |',
    '| Agreed price | $300,000 | Agreed terms |',
    '- Expected: $520,000',
  ])
    assert.ok(text.includes(part), `${part} is missing in:\n${text}`);
  assertNothingInternal(text);
  const readout = await made('readout', 'es');
  assert.match(reportMarkdown(readout.title, readout.sections), /Reply time \\<b\\>/);
});

test('the papers look as they should at the size of a page, and are accessible', async () => {
  mkdirSync('build/screenshots', { recursive: true });
  const browser = await launchBrowser();
  try {
    for (const [kind, language] of [
      ['readout', 'en'],
      ['weekly', 'es'],
      ['case', 'en'],
    ] as const) {
      // A4 at 96 dots per inch.
      const page = await browser.newPage({ viewport: { width: 794, height: 1123 } });
      await page.setContent(htmlOf(await made(kind, language)));
      assert.deepEqual(await axeViolations(page), [], kind);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      assert.ok(Number(overflow) <= 0, `${kind} is ${String(overflow)} px too wide`);
      const cut = await page.evaluate(
        '[...document.querySelectorAll("svg text")].filter((one) => one.getBBox().x + one.getBBox().width > 640).map((one) => one.textContent)',
      );
      assert.deepEqual(cut, [], kind);
      await page.screenshot({ path: `build/screenshots/report-${kind}-${language}.png`, fullPage: true });
      await page.close();
    }
  } finally {
    await browser.close();
  }
});

for (const { name, args, environment, code, message } of [
  {
    name: 'an unknown ending',
    args: ['Acme pilot', '--out', 'a.docx'],
    code: 'BAD_OPTION',
    message: 'The ending of --out a.docx is none of .pdf, .html, .md.',
  },
  {
    name: 'an unknown kind',
    args: ['Acme pilot', '--out', 'a.md', '--kind', 'novel'],
    code: 'BAD_OPTION',
    message: '--kind novel is none of readout, weekly, case.',
  },
  {
    name: 'a pilot that is not there',
    args: ["O'Hara", '--out', 'a.md'],
    code: 'PILOT_UNKNOWN',
    message: 'The org shows no pilot with the id or name "O\'Hara".',
  },
  {
    name: 'a browser that is not there',
    args: ['Acme pilot', '--out', 'a.pdf'],
    environment: { CHROME: '/no/such/chrome' },
    code: 'NO_BROWSER',
    message: 'CHROME names /no/such/chrome, which is not there.',
  },
] as const)
  test(`refuses ${name} with what to do, and writes no file`, async () => {
    const ended = await report([...args, '--json'], environment);
    assert.equal(ended.code, 2, ended.stderr);
    const { error } = JSON.parse(ended.stdout) as {
      error: { code: string; message: string; actions: string[] };
    };
    assert.deepEqual([error.code, error.message], [code, message]);
    assert.ok(error.actions.length > 0);
    await assert.rejects(readFile(join(scene.sync.folder, args[2])), { code: 'ENOENT' });
  });

test('a program that prints nothing ends with PDF_FAILED rather than an empty file', async () => {
  const ended = await report(['Acme pilot', '--out', 'b.pdf', '--json'], { CHROME: '/bin/true' });
  assert.equal(ended.code, 3, ended.stderr);
  const { error } = JSON.parse(ended.stdout) as { error: { code: string; message: string } };
  assert.deepEqual([error.code, error.message], ['PDF_FAILED', 'The browser printed no PDF.']);
  await assert.rejects(readFile(join(scene.sync.folder, 'b.pdf')), { code: 'ENOENT' });
});

test('two pilots of one name are told apart by their ids, in 15 or 18 characters', async () => {
  const other = await scene.sync.makePilot('Twin', null);
  const twin = await scene.sync.makePilot('Twin', null);
  const ended = await report(['Twin pilot', '--out', 'twin.md', '--json']);
  assert.equal(ended.code, 2);
  const { error } = JSON.parse(ended.stdout) as { error: { code: string; message: string } };
  assert.equal(error.code, 'PILOT_AMBIGUOUS');
  for (const { pilotId } of [other, twin]) assert.ok(error.message.includes(pilotId));
  const one = await report([twin.pilotId.slice(0, 15), '--out', 'twin.md']);
  assert.equal(one.code, 0, one.stderr);
  const text = await readFile(join(scene.sync.folder, 'twin.md'), 'utf8');
  for (const part of ['No success criteria were agreed', 'Usage is not known.', 'No terms are agreed yet.'])
    assert.ok(text.includes(part), `${part} is missing in:\n${text}`);
  assert.match(text, /Cannot be computed yet\. Missing: users after the rollout/);
});
