import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { z } from 'zod';

const NodeLine = z.object({
  name: z.string(),
  file: z.string().optional(),
  outcome: z.enum(['passed', 'failed', 'skipped']),
});
const JestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

export interface TestsSeen {
  /** Paths relative to the root, of files in which at least one test ran. */
  readonly files: ReadonlySet<string>;
  readonly passed: number;
  readonly failures: readonly string[];
  readonly skips: readonly string[];
}

/** Counts what the reporters of `node --test` (.jsonl) and Jest (.json) wrote into `folder`. */
export function testFilesSeen(folder: string, root: string): TestsSeen {
  const files = new Set<string>();
  const names: Record<'passed' | 'failed' | 'skipped', string[]> = { passed: [], failed: [], skipped: [] };
  for (const { name, file, outcome } of readdirSync(folder).flatMap((entry) =>
    results(`${folder}/${entry}`),
  )) {
    const path = relative(root, file);
    if (outcome !== 'skipped') files.add(path);
    names[outcome].push(`${path}: ${name}`);
  }
  return { files, passed: names.passed.length, failures: names.failed, skips: names.skipped };
}

function results(path: string): { name: string; file: string; outcome: 'passed' | 'failed' | 'skipped' }[] {
  const text = readFileSync(path, 'utf8');
  if (path.endsWith('.jsonl')) {
    const lines = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => NodeLine.parse(JSON.parse(line)));
    return lines.map((line) => ({ ...line, file: line.file ?? 'unknown' }));
  }
  return JestReport.parse(JSON.parse(text)).testResults.flatMap((file) =>
    file.assertionResults.map(({ fullName, status }) => ({
      name: fullName,
      file: file.name,
      outcome:
        status === 'passed'
          ? ('passed' as const)
          : status === 'failed'
            ? ('failed' as const)
            : ('skipped' as const),
    })),
  );
}
