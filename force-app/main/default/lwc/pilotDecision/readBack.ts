// What the org holds after a save, held against what was sent: Salesforce may answer success and keep an old value.
import type { Say } from 'c/pilotReader';
import type { Change, DecisionFacts, FieldValue, FieldValues } from './decisionPlan';

/** The saved records that hold something else than was sent; `made` are the ids of new ones, by alias. */
export function differing(
  facts: DecisionFacts,
  changes: readonly Change[],
  made: Readonly<Record<string, string>>,
): Change[] {
  const held = heldValues(facts);
  return changes.filter(({ id, alias, fields }) => {
    const now = held[id ?? made[alias] ?? ''];
    if (now === undefined) return true;
    return Object.entries(fields).some(([name, sent]) => name in now && !isSame(now[name], sent));
  });
}

/** Done, taken back, or what Salesforce did not take. */
export function savedNotice(
  facts: DecisionFacts,
  changes: readonly Change[],
  made: Readonly<Record<string, string>>,
  isUndo: boolean,
  say: Say,
): string {
  const differ = differing(facts, changes, made);
  const others = differ.filter(({ alias }) => alias !== 'deal').map((change) => nameOf(change, facts, say));
  const lines = [
    differ.length > others.length ? say('Pilot_Decision_amount_kept', { amount: facts.deal.amount }) : '',
    others.length > 0 ? say('Pilot_Decision_differs', { names: others.join(', ') }) : '',
  ].filter(Boolean);
  return lines.length > 0 ? lines.join(' ') : doneText(facts, changes, isUndo, say);
}

function doneText(facts: DecisionFacts, changes: readonly Change[], isUndo: boolean, say: Say): string {
  if (!isUndo) return say('Pilot_Save_Done');
  const withdrawn = changes.find(({ fields }) => fields['Status__c'] === 'Withdrawn');
  return withdrawn === undefined
    ? say('Pilot_Decision_undone')
    : say('Pilot_Decision_undone_but', { name: nameOf(withdrawn, facts, say) });
}

function heldValues({ pilot, deal, terms }: DecisionFacts): Record<string, FieldValues> {
  return Object.fromEntries([
    [pilot.id, pilot.fields],
    [deal.id, { Amount: deal.amount }],
    ...terms.map(
      ({ id, status, invokedOn }) => [id, { Status__c: status, Invoked_On__c: invokedOn }] as const,
    ),
  ]);
}

/** Salesforce trims texts and writes line ends its own way. */
function isSame(now: FieldValue | undefined, sent: FieldValue): boolean {
  const plain = (value: FieldValue | undefined): FieldValue | undefined =>
    typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : value;
  return plain(now) === plain(sent);
}

function nameOf({ alias, id, fields }: Change, { terms }: DecisionFacts, say: Say): string {
  if (alias === 'pilot') return say('Pilot_Decision_the_pilot');
  const name = terms.find((term) => term.id === id)?.name ?? fields['Name'];
  return typeof name === 'string' ? name : alias;
}
