import type { ChangedPilot, WhatIf } from './what-if.ts';

/** The thresholds that were changed, one line each pilot that would be judged differently, and the states counted. */
export function whatIfText(result: WhatIf): string {
  return [changesText(result), ...result.changed.map(pilotText), countsText(result), ''].join('\n');
}

/** The same for a text field of limited length: the counts first, then as many pilots as there is room for. */
export function whatIfSummary(result: WhatIf, most: number): string {
  const head = `${changesText(result)} ${countsText(result)}`;
  const lines = [head];
  let length = head.length;
  for (const [index, pilot] of result.changed.entries()) {
    const line = pilotText(pilot);
    const rest = `and ${result.changed.length - index} more`;
    if (length + line.length + rest.length + 2 > most) return [...lines, rest].join('\n');
    lines.push(line);
    length += line.length + 1;
  }
  return lines.join('\n');
}

function changesText({ changes }: WhatIf): string {
  const told = Object.entries(changes).flatMap(([record, fields]) =>
    Object.entries(fields ?? {}).map(([field, value]) => `${record} ${field} = ${value}`),
  );
  return `With ${told.join(', ')}:`;
}

function pilotText({ opportunity, name, before, after, added, removed }: ChangedPilot): string {
  const codes = [...added.map((code) => `+${code}`), ...removed.map((code) => `-${code}`)].join(' ');
  const states = before === after ? `still ${after}` : `${before} → ${after}`;
  return `${opportunity}, ${name}: ${states}  ${codes}`.trimEnd();
}

function countsText({ pilots, before, after, changed }: WhatIf): string {
  const states = Object.entries(before).map(
    ([health, count]) => `${health} ${count} → ${after[health as keyof typeof after]}`,
  );
  const added = changed.reduce((sum, pilot) => sum + pilot.added.length, 0);
  const removed = changed.reduce((sum, pilot) => sum + pilot.removed.length, 0);
  const flags = `Adds ${added} ${added === 1 ? 'flag' : 'flags'}, removes ${removed}.`;
  return `${changed.length} of ${pilots} pilots change. ${flags} ${states.join(', ')}.`;
}
