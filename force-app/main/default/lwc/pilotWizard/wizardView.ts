// What the dialog shows, from everything it holds. No DOM, no clock.
import userId from '@salesforce/user/Id';
import type { FormField } from 'c/pilotForm';
import { LABELS } from 'c/pilotLabels';
import type { ExtraField } from 'c/pilotPlanReview';
import { replyTo } from 'c/pilotNo';
import type { NotNeeded } from 'c/pilotNo';
import type { Qualification } from 'c/pilotQualify';
import { holidayNote, sayTo, todayOf } from 'c/pilotReader';
import type { Reader, Say } from 'c/pilotReader';
import type { SaveFailure } from 'c/pilotSave';
import type { FieldValues, Operation, Template } from './pilotPlan';
import { missingAnswers } from './planEntries';
import { isMissing, requiredFields } from './requiredFields';
import type { AccountFacts, Deal } from './wizardData';
import { earlierLines } from './earlierLines';
import { targetHints } from './hintWords';
import type { PastResult } from './targetHints';
import { EMPTY_DRAFT } from './wizardDraft';
import type { WizardDraft } from './wizardDraft';
import { askedFields, templateChoices, workspaceHint, workspaceOptions } from './wizardOptions';
import type { TemplateChoice } from './wizardOptions';
import { notNeededReply, operationsOf, qualificationOf, refusalsFor, warningOf } from './wizardPlan';
import type { Planning } from './wizardPlan';

export interface WizardState {
  readonly dealId: string;
  /** Undefined until the org has answered, null when the deal may not be seen. */
  readonly deal: Deal | null | undefined;
  readonly templates: readonly Template[];
  readonly facts: AccountFacts | undefined;
  /** Results of decided pilots of the chosen template; empty until they are read. */
  readonly past: readonly PastResult[];
  readonly draft: WizardDraft;
  readonly loadError: string;
  readonly failure: SaveFailure | null;
  readonly isSaving: boolean;
  /** Answers of getObjectInfo and getPicklistValuesByRecordType for Pilot__c. */
  readonly objectInfo: unknown;
  readonly picklists: unknown;
}

export const EMPTY_STATE: WizardState = {
  dealId: '',
  deal: undefined,
  templates: [],
  facts: undefined,
  past: [],
  draft: EMPTY_DRAFT,
  loadError: '',
  failure: null,
  isSaving: false,
  objectInfo: undefined,
  picklists: undefined,
};

export interface WizardView {
  readonly isLoading: boolean;
  readonly isShown: boolean;
  readonly heading: string;
  readonly submitLabel: string;
  readonly qualify: QualifyView | null;
  readonly choose: { readonly choices: readonly TemplateChoice[]; readonly hasNone: boolean } | null;
  readonly review: ReviewView | null;
}

export interface QualifyView {
  readonly qualification: Qualification | null;
  readonly earlierPilots: number;
  readonly convertedPilots: number;
  readonly livePilots: number;
  /** What became of earlier pilots and requests of this account. */
  readonly earlierLines: readonly string[];
  /** What to tell the customer about what is open, or where no pilot is needed; empty where there is nothing to tell. */
  readonly reply: string;
  readonly notNeeded: NotNeeded | null;
  readonly notNeededReply: string;
  readonly isDeclining: boolean;
  readonly cannotContinue: boolean;
  readonly continueLabel: string;
  readonly continueVariant: string;
}

export interface ReviewView {
  readonly asked: readonly FormField[];
  /** Said at the workspace where none can be offered yet. */
  readonly workspaceHint: string;
  /** Said at the sponsor where people are hidden from the reader. */
  readonly sponsorHint: string;
  readonly extraFields: readonly ExtraField[];
  readonly operations: readonly Operation[];
  /** Why the org refused a record, by its alias. */
  readonly messages: Readonly<Record<string, string>>;
  /** What the org's past says of a target, by the alias of its criterion. */
  readonly hints: Readonly<Record<string, string>>;
  readonly warning: string;
  /** Said where dates were derived without public holidays. */
  readonly note: string;
  /** Names of entries that are still blank. */
  readonly missing: readonly string[];
}

/** Undefined until the deal and what is known of its account are here. */
export function planningOf(state: WizardState, reader: Reader): Planning | undefined {
  const { dealId, deal, templates, facts, draft } = state;
  if (!deal || !facts) return undefined;
  const common = { dealId, deal, templates, facts, draft };
  return { ...common, userId, today: todayOf(reader), locale: reader.locale, say: sayTo(reader) };
}

export function wizardView(state: WizardState, reader: Reader): WizardView {
  const planning = planningOf(state, reader);
  const { step } = state.draft;
  const choices = planning && step === 'template' ? templateChoices(planning) : null;
  return {
    isLoading: !planning && state.loadError === '',
    isShown: planning !== undefined,
    heading: LABELS[`Pilot_Wizard_Step_${step}`],
    submitLabel: state.isSaving ? LABELS.Pilot_Form_Saving : LABELS.Pilot_Wizard_Create,
    qualify: planning && step === 'qualify' ? qualifyView(planning) : null,
    choose: choices && { choices, hasNone: choices.length === 0 },
    review: planning && step === 'review' ? reviewView(planning, state) : null,
  };
}

function qualifyView(planning: Planning): QualifyView {
  const { earlier, livePilots } = planning.facts;
  const qualification = qualificationOf(planning);
  const isDeclining = qualification?.verdict === 'Decline';
  const isGo = qualification === null || qualification.verdict === 'Go';
  return {
    qualification,
    earlierPilots: earlier.filter(({ isRun }) => isRun).length,
    convertedPilots: earlier.filter(({ isConverted }) => isConverted).length,
    livePilots,
    earlierLines: earlierLines(earlier, planning.say),
    reply: replyOf(planning, qualification),
    notNeeded: planning.draft.notNeeded,
    notNeededReply: notNeededReply(planning),
    isDeclining,
    cannotContinue: qualification === null,
    continueLabel: isGo ? LABELS.Pilot_Wizard_Continue : LABELS.Pilot_Wizard_Continue_anyway,
    continueVariant: isDeclining ? 'neutral' : 'brand',
  };
}

function replyOf(planning: Planning, qualification: Qualification | null): string {
  const refusals = refusalsFor(planning);
  if (qualification === null || qualification.verdict === 'Go' || refusals.length === 0) return '';
  return replyTo(qualification.verdict === 'Decline' ? 'declined' : 'fix', refusals, planning.say);
}

function reviewView(planning: Planning, { objectInfo, picklists, failure, past }: WizardState): ReviewView {
  const { facts, draft } = planning;
  const operations = operationsOf(planning);
  const workspaces = workspaceOptions(planning);
  const filled = Object.entries(operations[0]?.fields ?? {}).filter(([name]) => !(name in draft.extra));
  const required = requiredFields(objectInfo, picklists, Object.fromEntries(filled));
  const extraFields = required.map((field) => ({ ...field, value: draft.extra[field.name] ?? null }));
  return {
    asked: askedFields(planning, workspaces),
    workspaceHint: workspaceHint(workspaces, planning.say),
    sponsorHint: facts.people === null ? LABELS.Pilot_Form_no_people : '',
    extraFields,
    operations,
    messages: failure?.byField ?? {},
    hints: targetHints(planning, past),
    warning: warningOf(planning),
    note: datesNote(operations[0]?.fields ?? {}, planning.say),
    missing: [
      ...missingAnswers(draft.plan),
      ...extraFields.filter((field) => isMissing(field, field.value)).map(({ name }) => name),
    ],
  };
}

function datesNote(pilot: FieldValues, say: Say): string {
  const text = (name: string): string | null => (pilot[name] as string | null | undefined) ?? null;
  return holidayNote(text('Holiday_Region__c'), [text('End_Date__c'), text('Decision_Date__c')], say);
}
