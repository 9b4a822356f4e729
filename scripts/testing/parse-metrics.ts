import assert from 'node:assert/strict';

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const PAIR = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const SAMPLE = new RegExp(
  `^(${NAME})(\\{${PAIR}(?:,${PAIR})*\\})? (-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?|NaN|[+-]Inf)$`,
);

/**
 * Reads Prometheus text strictly and answers its samples by name and labels. HELP and TYPE come once, before the samples
 * of their family; a family stands together; no sample occurs twice; the last line ends; a sample carries no time,
 * which the textfile collector refuses. https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function parseMetrics(text: string): Map<string, number> {
  assert.ok(text.endsWith('\n'), 'the last line has no end');
  const samples = new Map<string, number>();
  const closed = new Set<string>();
  let family = '';
  let told: string[] = [];
  for (const line of text.slice(0, -1).split('\n')) {
    const comment = new RegExp(`^# (HELP|TYPE) (${NAME}) (.+)$`).exec(line);
    if (comment) {
      const [, kind, name, rest] = comment;
      if (name !== family) {
        assert.ok(!closed.has(name!), `${name} stands in two places`);
        closed.add(family);
        [family, told] = [name!, []];
      }
      assert.ok(!told.includes(kind!), `${kind} of ${name} comes twice`);
      if (kind === 'TYPE') assert.match(rest!, /^(counter|gauge|histogram|summary|untyped)$/);
      told.push(kind!);
      continue;
    }
    const sample = SAMPLE.exec(line);
    assert.ok(sample, `not a sample: ${line}`);
    assert.equal(sample[1], family, 'a sample without its HELP and TYPE');
    assert.deepEqual(told, ['HELP', 'TYPE']);
    const key = `${sample[1]}${sample[2] ?? ''}`;
    assert.ok(!samples.has(key), `${key} comes twice`);
    samples.set(key, Number(sample[3]));
  }
  return samples;
}
