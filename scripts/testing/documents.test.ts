import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

// `console` shows commands that CI itself runs (npm ci, npm test) or that need a real org; `sh` is executed here.
const KNOWN = new Set(['sh', 'console', 'text', 'yaml', 'json', 'ts', 'sql', 'csv']);
const documents = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '');

interface Block {
  readonly place: string;
  readonly language: string;
  readonly text: string;
}

function blocksOf(path: string): Block[] {
  const blocks: Block[] = [];
  let open: { line: number; language: string; lines: string[] } | undefined;
  for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    const fence = /^\s*```(.*)$/.exec(line);
    if (open === undefined && fence !== null)
      open = { line: index + 1, language: fence[1]!.trim(), lines: [] };
    else if (open !== undefined && fence !== null) {
      blocks.push({ place: `${path}:${open.line}`, language: open.language, text: open.lines.join('\n') });
      open = undefined;
    } else open?.lines.push(line);
  }
  return blocks;
}

const blocks = documents.flatMap(blocksOf);

test('every code block in a document says what it is', () => {
  const unmarked = blocks.filter((block) => !KNOWN.has(block.language)).map((block) => block.place);
  assert.deepEqual(unmarked, []);
});

for (const block of blocks.filter(({ language }) => language === 'sh')) {
  test(`the commands at ${block.place} work`, { timeout: 180_000 }, () => {
    const run = spawnSync('bash', ['-euo', 'pipefail', '-c', block.text], { encoding: 'utf8' });
    assert.equal(run.status, 0, `${block.text}\n${run.stdout}\n${run.stderr}`);
  });
}

test('every relative link in a document leads to a file', () => {
  const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  const files = new Set(tracked.split('\n'));
  const broken = documents.flatMap((path) => {
    const folder = path.split('/').slice(0, -1);
    const links = [...readFileSync(path, 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g)];
    return links
      .map((link) => new URL(link[1]!, `file:///${[...folder, ''].join('/')}`).pathname.slice(1))
      .filter(
        (target) =>
          !files.has(target) && ![...files].some((file) => file.startsWith(`${target.replace(/\/$/, '')}/`)),
      )
      .map((target) => `${path} → ${target}`);
  });
  assert.deepEqual(broken, []);
});
