// Past the readout date (the end date if there is none) without a readout. Hard. Extensions add weight.
import { addDays } from '../day.ts';
import type { PilotView } from '../pilot-view.ts';
import { silent, speaks } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

export const overrun: Rule = { code: 'OVERRUN', group: 'deal', owner: 'rep', judge };

function judge({ pilot, today }: PilotView): Finding {
  const due = pilot.readoutDate ?? pilot.endDate;
  const measured = {
    observed: { status: pilot.status, today, extensions: pilot.extensionCount, decidedOn: pilot.decidedOn },
    threshold: { readoutDate: pilot.readoutDate, endDate: pilot.endDate },
  };
  // In Review is the state a pilot enters with its readout.
  if (pilot.status !== 'Active' || pilot.decidedOn) return silent('notRunning', measured);
  if (!due) return silent('noDate', measured);
  if (today <= due) return silent('notDue', measured);
  const isReadout = pilot.readoutDate !== null;
  const variant =
    [!isReadout && 'end', pilot.extensionCount > 0 && 'extended'].filter(Boolean).join('_') || null;
  const values = { due, extensions: pilot.extensionCount };
  return speaks({ state: 'Stalled', since: addDays(due, 1), values, variant }, measured);
}
