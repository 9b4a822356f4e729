// What the rep has entered so far, kept in the tab: it survives an error, a step back, a closed dialog and a
// lost connection. One draft per deal.
import type { Edits, FieldValues, PlanAnswers } from './pilotPlan';
import type { NotNeeded } from 'c/pilotNo';
import type { Answers } from 'c/pilotQualify';

export type Step = 'qualify' | 'template' | 'review';

export interface WizardDraft {
  readonly step: Step;
  readonly answers: Answers;
  readonly doubts: readonly string[];
  /** Why no pilot is needed, if it is not. */
  readonly notNeeded: NotNeeded | null;
  readonly templateId: string | null;
  /** Null start: the default of the day on which it is shown. */
  readonly plan: Omit<PlanAnswers, 'startDate'> & { readonly startDate: string | null };
  readonly edits: Edits;
  /** Required fields that the org added to Pilot__c. */
  readonly extra: FieldValues;
  /** The deal's pilots when a request was sent whose answer never came; null when none is open. */
  readonly unanswered: readonly string[] | null;
}

export const EMPTY_DRAFT: WizardDraft = {
  step: 'qualify',
  answers: {},
  doubts: [],
  notNeeded: null,
  templateId: null,
  plan: { startDate: null, workspace: null, sponsorId: null, users: null, yearlyPrice: null },
  edits: {},
  extra: {},
  unanswered: null,
};

const VERSION = 1;
const keyOf = (dealId: string): string => `pilotWizard:${dealId}`;

/** The draft of a deal; an empty one where there is none or it was written by another version. */
export function readDraft(storage: Storage, dealId: string): WizardDraft {
  try {
    const kept = JSON.parse(storage.getItem(keyOf(dealId)) ?? 'null') as {
      readonly version?: unknown;
      readonly draft?: WizardDraft;
    } | null;
    return kept?.version === VERSION && kept.draft ? { ...EMPTY_DRAFT, ...kept.draft } : EMPTY_DRAFT;
  } catch {
    return EMPTY_DRAFT;
  }
}

export function keepDraft(storage: Storage, dealId: string, draft: WizardDraft): void {
  try {
    storage.setItem(keyOf(dealId), JSON.stringify({ version: VERSION, draft }));
  } catch {
    // A full or forbidden storage costs the draft its life beyond this dialog, not the work in it.
  }
}

export function dropDraft(storage: Storage, dealId: string): void {
  storage.removeItem(keyOf(dealId));
}
