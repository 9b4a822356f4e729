// From the draft and what the org answered to what the dialog shows and saves. No DOM.
import { outcomeReason, refusalsOf, replyTo } from 'c/pilotNo';
import type { Refusal } from 'c/pilotNo';
import { EARLIER_DOUBT, QUESTIONS, qualify } from 'c/pilotQualify';
import type { Qualification } from 'c/pilotQualify';
import { candidatesOf } from 'c/pilotReader';
import type { Say } from 'c/pilotReader';
import { countryCode } from './countryCode';
import { isScopeNarrow, nextMonday, planPilot } from './pilotPlan';
import type {
  FieldValues,
  Operation,
  PlanAnswers,
  PlanContext,
  Suggestion,
  Template,
  Workspace,
} from './pilotPlan';
import type { AccountFacts, Deal } from './wizardData';
import type { WizardDraft } from './wizardDraft';
import { sponsorOf } from './planEntries';

export interface Planning {
  readonly dealId: string;
  readonly deal: Deal;
  readonly templates: readonly Template[];
  readonly facts: AccountFacts;
  readonly draft: WizardDraft;
  readonly today: string;
  readonly locale: string;
  readonly userId: string;
  readonly say: Say;
}

// What a team supports well: domain rule "3–5 pilots, not 10". The guard that blocks is the org's flow.
const MAX_LIVE_PILOTS = 5;
const MIN_EARLIER_PILOTS = 2;

export function templateOf({ templates, draft }: Planning): Template | undefined {
  return templates.find(({ id }) => id === draft.templateId);
}

/** Two pilots with this account were decided and none of them converted. */
export function isDoubtfulBuyer({ earlier }: AccountFacts): boolean {
  const decided = earlier.filter(({ isRun, isDecided }) => isRun && isDecided);
  return decided.length >= MIN_EARLIER_PILOTS && decided.every(({ isConverted }) => !isConverted);
}

/** Null until the four questions are answered. Scope counts once a template is chosen. */
export function qualificationOf(planning: Planning): Qualification | null {
  const { draft, facts } = planning;
  const template = templateOf(planning);
  return qualify(draft.answers, {
    doubts: doubtsOf(planning),
    isScopeNarrow: template === undefined || isScopeNarrow(template, draft.plan.users),
    hasResources: facts.livePilots < MAX_LIVE_PILOTS,
  });
}

export function planAnswers({ draft, today }: Planning): PlanAnswers {
  return { ...draft.plan, startDate: draft.plan.startDate ?? nextMonday(today) };
}

/** The records to make; empty without a template. */
export function operationsOf(planning: Planning): Operation[] {
  const template = templateOf(planning);
  if (!template) return [];
  const { draft } = planning;
  const shown = planAnswers(planning);
  const answers = { ...shown, sponsorId: sponsorOf(shown.sponsorId) };
  const [pilot, ...details] = planPilot(template, answers, contextOf(planning), draft.edits);
  return pilot ? [{ ...pilot, fields: { ...pilot.fields, ...draft.extra } }, ...details] : [];
}

/** Everything that speaks against this pilot, what decides first. */
export function refusalsFor(planning: Planning): Refusal[] {
  const { draft, facts } = planning;
  return refusalsOf(draft.answers, doubtsOf(planning), facts.livePilots < MAX_LIVE_PILOTS);
}

/** What to tell the customer where no pilot is needed; empty until it is said why. */
export function notNeededReply({ draft, say }: Planning): string {
  return draft.notNeeded === null ? '' : replyTo('not_needed', [draft.notNeeded], say);
}

/** The one record that says why there is no pilot; so a no is learned from too. */
export function closedPilot(planning: Planning, outcome: 'Declined' | 'Not needed'): Operation[] {
  const { dealId, draft, today, say } = planning;
  const { accountName, qualification } = contextOf(planning);
  const isDeclined = outcome === 'Declined';
  const refusals = isDeclined ? refusalsFor(planning) : draft.notNeeded === null ? [] : [draft.notNeeded];
  const name = say(isDeclined ? 'Pilot_Wizard_name_declined' : 'Pilot_Wizard_name_not_needed', {
    account: accountName,
  });
  const fields: FieldValues = {
    Name: name.slice(0, 80),
    Opportunity__c: dealId,
    Type__c: 'Pilot',
    Status__c: 'Closed',
    Outcome__c: outcome,
    Outcome_Reason__c: outcomeReason(refusals),
    Outcome_Notes__c:
      refusals.length > 0 ? replyTo(isDeclined ? 'declined' : 'not_needed', refusals, say) : null,
    Decided_On__c: today,
    ...qualification,
    ...draft.extra,
  };
  return [{ alias: 'pilot', object: 'Pilot__c', fields }];
}

/** What the rep should know before creating it; empty when nothing speaks against it. */
export function warningOf(planning: Planning): string {
  const template = templateOf(planning);
  if (!template || isScopeNarrow(template, planning.draft.plan.users)) return '';
  return planning.say('Pilot_Wizard_broad');
}

/** What the sync found likely for pilots of this account, less what one of them has linked since. */
export function suggestionsOf({ facts, say }: Planning): Suggestion[] {
  const isUsed = ({ source, key }: Workspace): boolean =>
    facts.workspaces.some((one) => one.source === source && one.key === key);
  return facts.unlinked.flatMap((signals) => candidatesOf(signals, say)).filter((one) => !isUsed(one));
}

function contextOf(planning: Planning): PlanContext {
  const { dealId, deal, locale, say, userId } = planning;
  return {
    dealId,
    ownerId: deal.ownerId,
    userId,
    suggestions: suggestionsOf(planning),
    accountName: deal.accountName ?? deal.name ?? '',
    region: countryCode(deal.country, locale),
    isGo: qualificationOf(planning)?.verdict === 'Go',
    qualification: qualificationFields(planning),
    say,
  };
}

function qualificationFields(planning: Planning): FieldValues {
  const { draft, facts } = planning;
  const template = templateOf(planning);
  return {
    ...Object.fromEntries(QUESTIONS.map(({ key, field }) => [field, draft.answers[key] === 'yes'])),
    Scope_Is_Narrow__c: template !== undefined && isScopeNarrow(template, draft.plan.users),
    Resources_Available__c: facts.livePilots < MAX_LIVE_PILOTS,
    Doubts__c: doubtsOf(planning).join(';') || null,
  };
}

function doubtsOf({ draft, facts }: Planning): string[] {
  return isDoubtfulBuyer(facts) ? [...draft.doubts, EARLIER_DOUBT] : [...draft.doubts];
}
