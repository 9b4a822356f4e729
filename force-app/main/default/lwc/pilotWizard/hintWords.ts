// The hints at the targets of a plan, in words. No DOM.
import { targetHint } from './targetHints';
import type { PastResult } from './targetHints';
import { templateOf } from './wizardPlan';
import type { Planning } from './wizardPlan';

/** By the alias that the plan gives the criterion; a target of which the past says nothing has none. */
export function targetHints(planning: Planning, past: readonly PastResult[]): Record<string, string> {
  const template = templateOf(planning);
  if (!template) return {};
  const { say, draft } = planning;
  const criteria = template.items.filter(({ item }) => item === 'Criterion');
  const hints = criteria.flatMap((item, index) => {
    const hint = targetHint(template.name, item, past);
    if (hint === null) return [];
    const { isShare, ...numbers } = hint;
    const { users } = draft.plan;
    const told = say('Pilot_Plan_hint', { ...numbers, unit: isShare ? '%' : item.unit });
    const people = isShare && users !== null ? Math.floor((users * hint.safe) / 100) : null;
    const inPeople = people === null ? '' : ` ${say('Pilot_Plan_hint_people', { people, users })}`;
    return [[`criterion${index + 1}`, told + inPeople] as const];
  });
  return Object.fromEntries(hints);
}
