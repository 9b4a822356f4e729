// The dialog's lines, keyed for its templates. No DOM.
import type { Say } from 'c/pilotReader';
import { decisionChecks } from './decisionChecks';
import { changesOf, changesOfDecision, closedDealDecision, decisionOf, moveOf } from './decisionForm';
import type { DecisionDraft } from './decisionForm';
import type { DecisionFacts } from './decisionPlan';
import { previewLines } from './decisionView';

export interface DialogLine {
  readonly key: number;
  readonly id: string;
  readonly text: string;
  /** An agreed condition that is not met. */
  readonly isOpen: boolean;
  /** Empty where the line tells what is saved. */
  readonly icon: string;
}

/** What saving the draft would write, and what of the agreed conditions is open. */
export function draftLines(
  facts: DecisionFacts | null | undefined,
  draft: DecisionDraft,
  today: string,
  say: Say,
): DialogLine[] {
  if (!facts) return [];
  const move = moveOf(facts, draft);
  const decision = decisionOf(facts, draft, today);
  return dialogLines(
    move === 'decide' ? decisionChecks(facts, decision, say) : [],
    'preview',
    previewLines(move, facts, changesOf(facts, draft, today), decision, say),
  );
}

/** The same for the one tap that a closed deal asks for. */
export function closedDealLines(
  facts: DecisionFacts | null | undefined,
  today: string,
  say: Say,
): DialogLine[] {
  if (!facts) return [];
  const decision = closedDealDecision(facts, today);
  return dialogLines(
    decisionChecks(facts, decision, say),
    'closed-preview',
    previewLines('decide', facts, changesOfDecision(facts, decision), decision, say),
  );
}

function dialogLines(
  checks: ReturnType<typeof decisionChecks>,
  id: string,
  preview: readonly string[],
): DialogLine[] {
  const lines = [
    ...checks.map(({ isOpen, text }) => {
      return { id: 'check', text, isOpen, icon: isOpen ? 'utility:warning' : 'utility:check' };
    }),
    ...preview.map((text) => ({ id, text, isOpen: false, icon: '' })),
  ];
  return lines.map((line, key) => ({ ...line, key }));
}
