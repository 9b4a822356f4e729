// Use has fallen: two complete weeks against the four before, or, in a young pilot, paired by user.
import { silent } from './rule.ts';
import type { Finding, Rule } from './rule.ts';
import type { PilotView } from '../pilot-view.ts';
import { pairedDrop } from './paired-drop.ts';
import { completeWeeks, NEEDED_WEEKS, weeklyDrop } from './weekly-drop.ts';

export const usageDrop: Rule = { code: 'USAGE_DROP', group: 'usage', owner: 'success manager', judge };

function judge(view: PilotView): Finding {
  if (!view.usage) return silent(view.usageSilence ?? 'noData');
  // Work that comes once a month is absent from most weeks: weeks compare nothing there.
  if (view.pilot.rhythm === 'Month-end') return silent('monthlyRhythm');
  const weeks = completeWeeks(view, view.usage);
  return weeks.length >= NEEDED_WEEKS ? weeklyDrop(view, view.usage, weeks) : pairedDrop(view, view.usage);
}
