// The dialog's lines, keyed for its templates. No DOM.
import type { Say } from 'c/pilotReader';
import { decisionChecks } from './decisionChecks';
import { changesOf, changesOfDecision, closedDealDecision, decisionOf, moveOf } from './decisionForm';
import type { DecisionDraft } from './decisionForm';
import type { DecisionFacts } from './decisionPlan';
import { previewLines } from './decisionView';

export interface Line {
  readonly key: number;
  readonly text: string;
}

export interface CheckLine extends Line {
  readonly isOpen: boolean;
  readonly icon: string;
}

export interface DialogLines {
  readonly checks: readonly CheckLine[];
  readonly preview: readonly Line[];
}

const NOTHING: DialogLines = { checks: [], preview: [] };

/** What saving the draft would write, and what of the agreed conditions is open. */
export function draftLines(
  facts: DecisionFacts | null | undefined,
  draft: DecisionDraft,
  today: string,
  say: Say,
): DialogLines {
  if (!facts) return NOTHING;
  const move = moveOf(facts, draft);
  const decision = decisionOf(facts, draft, today);
  return {
    checks: move === 'decide' ? checkLines(decisionChecks(facts, decision, say)) : [],
    preview: keyed(previewLines(move, facts, changesOf(facts, draft, today), decision, say)),
  };
}

/** The same for the one tap that a closed deal asks for. */
export function closedDealLines(
  facts: DecisionFacts | null | undefined,
  today: string,
  say: Say,
): DialogLines {
  if (!facts) return NOTHING;
  const decision = closedDealDecision(facts, today);
  return {
    checks: checkLines(decisionChecks(facts, decision, say)),
    preview: keyed(previewLines('decide', facts, changesOfDecision(facts, decision), decision, say)),
  };
}

function keyed(lines: readonly string[]): Line[] {
  return lines.map((text, key) => ({ key, text }));
}

function checkLines(checks: ReturnType<typeof decisionChecks>): CheckLine[] {
  return checks.map(({ isOpen, text }, key) => {
    return { key, text, isOpen, icon: isOpen ? 'utility:warning' : 'utility:check' };
  });
}
