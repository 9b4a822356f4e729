// Reporter of `node --test` that writes one JSON line per finished test, so that the runner can count
// what really ran, file by file.
import type { TestEvent } from 'node:test/reporters';

export default async function* failuresReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { name, file, skip, todo, details } = event.data;
    if (details.type === 'suite') continue;
    const outcome =
      event.type === 'test:fail' ? 'failed' : (skip ?? todo) !== undefined ? 'skipped' : 'passed';
    yield `${JSON.stringify({ name, file, outcome })}\n`;
  }
}
