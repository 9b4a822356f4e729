// Reporter of `node --test` that writes one JSON line per finished test and one per test file, so that the
// runner can count what really ran. (A test's own `file` is where `test()` stands, which may be a shared table.)
import type { TestEvent } from 'node:test/reporters';

export default async function* failuresReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    if (event.type === 'test:summary' && event.data.file !== undefined) {
      yield line({
        kind: 'file',
        file: event.data.file,
        tests: event.data.counts.tests,
        ms: Math.round(event.data.duration_ms),
      });
    }
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { name, file, skip, todo, details } = event.data;
    if (details.type === 'suite') continue;
    const outcome =
      event.type === 'test:fail' ? 'failed' : (skip ?? todo) !== undefined ? 'skipped' : 'passed';
    yield line({ kind: 'test', name, file: file ?? 'unknown', outcome, ms: Math.round(details.duration_ms) });
  }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
