// `npm run conformance`: counts of what the cases rest on, and COVERAGE.md written anew.
// `PILOT_ORG=alias npm run conformance` runs the same cases against a real org instead.
import { writeFileSync } from 'node:fs';
import { countsByFamily, coverageDocument, MOST_WITHOUT_EVIDENCE, reliedOn } from './coverage.ts';
import { runOnOrg } from './run-on-org.ts';

const alias = process.env['PILOT_ORG'];
if (alias === undefined) {
  writeFileSync(`${import.meta.dirname}/../COVERAGE.md`, await coverageDocument());
  for (const [name, ...cells] of countsByFamily())
    console.log(String(name).padEnd(14) + cells.map((cell) => String(cell).padStart(14)).join(''));
  const unproven = reliedOn('emulatorOnly');
  console.log(
    `\nRelied on without evidence: ${unproven.length}; not looked at: ${reliedOn('unknown').length}`,
  );
  for (const { name, mark } of unproven)
    console.log(`  ${name}${mark.kind === 'emulatorOnly' ? ` (${mark.reason})` : ''}`);
  if (unproven.length > MOST_WITHOUT_EVIDENCE || reliedOn('unknown').length > 0) process.exitCode = 1;
} else {
  const { failed } = await runOnOrg(alias, `${process.cwd()}/build/conformance`);
  process.exitCode = failed === 0 ? 0 : 1;
}
