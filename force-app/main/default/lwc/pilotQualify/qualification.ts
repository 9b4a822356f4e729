// Is a pilot the right step? Four questions, answered by a tap each, and the doubts that speak against it.
// Without imports, so that a test drives the same answers through the org's formula.

export type Answer = 'yes' | 'not-yet' | 'no';
export type Verdict = 'Go' | 'Fix first' | 'Decline';
export type QuestionKey = 'budget' | 'decisionMaker' | 'driver' | 'failure';
export type Answers = Readonly<Partial<Record<QuestionKey, Answer>>>;

export interface Question {
  readonly key: QuestionKey;
  /** Checked on the pilot when the answer is yes. */
  readonly field: string;
  /** A plain no ends it: a pilot cannot repair that. */
  readonly isDecisive: boolean;
}

export const QUESTIONS: readonly Question[] = [
  { key: 'budget', field: 'Budget_Approved__c', isDecisive: true },
  { key: 'decisionMaker', field: 'Decision_Maker_Engaged__c', isDecisive: true },
  { key: 'driver', field: 'Business_Driver_Known__c', isDecisive: true },
  { key: 'failure', field: 'Failure_Criteria_Clear__c', isDecisive: false },
];

/** Values of Doubts__c that the rep may add; the fourth, earlier pilots, is counted. */
export const DOUBTS = ['Free consulting', 'Rival favoured', 'Poor fit'] as const;
export const EARLIER_DOUBT = 'Earlier pilots did not convert';

export interface Circumstances {
  readonly doubts: readonly string[];
  readonly isScopeNarrow: boolean;
  readonly hasResources: boolean;
}

export interface Qualification {
  readonly verdict: Verdict;
  /** Questions not answered with yes, in their order. */
  readonly open: readonly QuestionKey[];
}

/** Null until all four are answered. */
export function qualify(answers: Answers, circumstances: Circumstances): Qualification | null {
  if (QUESTIONS.some(({ key }) => answers[key] === undefined)) return null;
  const open = QUESTIONS.filter(({ key }) => answers[key] !== 'yes');
  const isRefused = open.some(({ key, isDecisive }) => isDecisive && answers[key] === 'no');
  return {
    verdict: isRefused ? 'Decline' : formulaVerdict(open.length === 0, circumstances),
    open: open.map(({ key }) => key),
  };
}

/**
 * The formula Pilot__c.Qualification__c, which knows yes from anything else only: a plain no to a decisive
 * question is told before the record exists and stays Fix first on it.
 */
function formulaVerdict(isAllYes: boolean, { doubts, isScopeNarrow, hasResources }: Circumstances): Verdict {
  const has = (doubt: string): boolean => doubts.includes(doubt);
  const isRivals = has('Rival favoured') && has(EARLIER_DOUBT);
  if (has('Poor fit') || has('Free consulting') || isRivals) return 'Decline';
  const isClear = !has('Rival favoured') && !has(EARLIER_DOUBT);
  return isAllYes && isScopeNarrow && isClear && hasResources ? 'Go' : 'Fix first';
}
