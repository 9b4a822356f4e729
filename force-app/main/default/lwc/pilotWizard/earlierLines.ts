// What became of this account's earlier pilots and requests, in words. No DOM.
import type { Say } from 'c/pilotReader';
import type { EarlierPilot } from './wizardData';

const NOT_RUN = ['Pilot_Qualify_asked', false] as const;
const RUN = ['Pilot_Qualify_last', true] as const;

/** One sentence for the last pilot that was decided, one for requests that came to no pilot. */
export function earlierLines(earlier: readonly EarlierPilot[], say: Say): string[] {
  return [RUN, NOT_RUN].flatMap(([label, isRun]) => {
    const ended = earlier.filter((one) => one.isDecided && one.isRun === isRun && one.decidedOn !== null);
    const [last] = [...ended].sort((a, b) => (a.decidedOn! < b.decidedOn! ? 1 : -1));
    if (!last) return [];
    const told = (text: string | null): string => text ?? say('Pilot_Qualify_not_told');
    return [
      say(label, {
        count: ended.length,
        name: told(last.name),
        day: last.decidedOn,
        outcome: told(last.outcome),
        reason: told(last.reason),
      }),
    ];
  });
}
