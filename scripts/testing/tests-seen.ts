import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { z } from 'zod';

const Outcome = z.enum(['passed', 'failed', 'skipped']);
const NodeLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), file: z.string(), tests: z.number(), ms: z.number() }),
  z.object({ kind: z.literal('test'), name: z.string(), file: z.string(), outcome: Outcome, ms: z.number() }),
]);
const JestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      startTime: z.number(),
      endTime: z.number(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), duration: z.number().nullish() }),
      ),
    }),
  ),
});
type Line = z.infer<typeof NodeLine>;

export interface TestsSeen {
  /** Seconds by test file, relative to the root, of files in which at least one test ran. */
  readonly files: ReadonlyMap<string, number>;
  readonly passed: number;
  readonly failures: readonly string[];
  readonly skips: readonly string[];
}

/** Counts what the reporters of `node --test` (.jsonl) and Jest (.json) wrote into `folder`. */
export function testFilesSeen(folder: string, root: string): TestsSeen {
  const lines = readdirSync(folder).flatMap((entry) => read(`${folder}/${entry}`));
  const files = lines.flatMap((line) =>
    line.kind === 'file' && line.tests > 0 ? [[relative(root, line.file), line.ms / 1000] as const] : [],
  );
  const named = (outcome: z.infer<typeof Outcome>): string[] =>
    lines.flatMap((line) =>
      line.kind === 'test' && line.outcome === outcome ? [`${relative(root, line.file)}: ${line.name}`] : [],
    );
  return {
    files: new Map(files),
    passed: named('passed').length,
    failures: named('failed'),
    skips: named('skipped'),
  };
}

function read(path: string): Line[] {
  const text = readFileSync(path, 'utf8');
  if (!path.endsWith('.jsonl')) return JestReport.parse(JSON.parse(text)).testResults.flatMap(jestLines);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => NodeLine.parse(JSON.parse(line)));
}

function jestLines({
  name,
  startTime,
  endTime,
  assertionResults,
}: z.infer<typeof JestReport>['testResults'][number]): Line[] {
  const tests = assertionResults.map(({ fullName, status, duration }): Line => {
    const outcome = status === 'passed' || status === 'failed' ? status : 'skipped';
    return { kind: 'test', name: fullName, file: name, outcome, ms: duration ?? 0 };
  });
  return [...tests, { kind: 'file', file: name, tests: tests.length, ms: endTime - startTime }];
}
