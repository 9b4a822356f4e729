import { api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import LightningModal from 'lightning/modal';
import { getObjectInfo, getPicklistValuesByRecordType } from 'lightning/uiObjectInfoApi';
import { reduceErrors } from 'c/pilotErrors';
import { LABELS } from 'c/pilotLabels';
import type { NotNeeded } from 'c/pilotNo';
import type { Answer, QuestionKey } from 'c/pilotQualify';
import { readerAt } from 'c/pilotReader';
import { createAll, refusal, saveAll } from 'c/pilotSave';
import type { FieldValue, Operation } from './pilotPlan';
import { answerChange } from './planEntries';
import { defaultRecordTypeId } from './requiredFields';
import { pilotsOfDeal, readAccountFacts, readDeal, readTemplates } from './wizardData';
import { PAST_RESULTS, pastOf, readPastResults } from './pastResults';
import { EMPTY_DRAFT, dropDraft, keepDraft, readDraft } from './wizardDraft';
import type { Step, WizardDraft } from './wizardDraft';
import { closedPilot } from './wizardPlan';
import { DEAL_AND_TEMPLATES, PEOPLE_AND_PILOTS } from './wizardQueries';
import { EMPTY_STATE, planningOf, wizardView } from './wizardView';
import type { WizardState } from './wizardView';

type Result = { readonly data?: unknown };
type Entry = { readonly name: string; readonly value: FieldValue };
type Edit = { readonly alias: string; readonly field: string; readonly value: FieldValue };
type Review = HTMLElement & { point(names: readonly string[], text: string): void };

/** Opens the dialog for a deal; true when a pilot was made. */
export async function openWizard(dealId: string): Promise<boolean> {
  return (await PilotWizard.open({ size: 'medium', label: LABELS.Pilot_Wizard_Title, dealId })) === true;
}

/** Qualify, choose a template, review, save once. The draft outlives errors and the dialog itself. */
export default class PilotWizard extends LightningModal {
  @api dealId = '';

  readonly labels = LABELS;
  readonly query = DEAL_AND_TEMPLATES;
  state = EMPTY_STATE;
  view = wizardView(EMPTY_STATE, readerAt(new Date()));
  shownStep: Step = EMPTY_DRAFT.step;
  // Apart from the state, which changes with every key: a wire asks again whenever its configuration is a new one.
  factsQuery: object | undefined;
  factsVariables: Record<string, unknown> = {};
  pastQuery: object | undefined;
  pastVariables: Record<string, unknown> = {};
  pastTemplate: string | undefined;
  recordTypeId: string | undefined;
  refreshFacts: (() => Promise<void>) | undefined;

  override connectedCallback(): void {
    const draft = readDraft(window.sessionStorage, this.dealId);
    this.shownStep = draft.step;
    this.update({ dealId: this.dealId, draft });
  }

  override renderedCallback(): void {
    const { step } = this.state.draft;
    if (this.shownStep === step) return;
    this.shownStep = step;
    this.template?.querySelector<HTMLElement>('[data-id="step"]')?.focus();
  }

  get variables(): Record<string, unknown> {
    return { dealId: this.dealId };
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  receiveDeal({ data, errors }: GraphqlResult): void {
    if (errors) this.failToLoad(errors);
    if (!data) return;
    const deal = readDeal(data);
    if (deal === null) this.update({ loadError: LABELS.Pilot_Panel_No_access });
    else if (!this.factsQuery) {
      this.factsVariables = { accountId: deal.accountId, ownerId: deal.ownerId };
      this.factsQuery = PEOPLE_AND_PILOTS;
    }
    this.update({ deal, templates: readTemplates(data) });
  }

  @wire(graphql, { query: '$factsQuery', variables: '$factsVariables' })
  receiveFacts({ data, errors, refresh }: GraphqlResult): void {
    if (refresh) this.refreshFacts = refresh;
    if (errors && !this.state.facts) this.failToLoad(errors);
    if (data) this.update({ facts: readAccountFacts(data) });
  }

  /** Hints only: without them the targets stand as the template has them. */
  @wire(graphql, { query: '$pastQuery', variables: '$pastVariables' })
  receivePast({ data }: GraphqlResult): void {
    if (data) this.update({ past: readPastResults(data) });
  }

  @wire(getObjectInfo, { objectApiName: 'Pilot__c' })
  receiveInfo({ data }: Result): void {
    if (!data) return;
    this.update({ objectInfo: data });
    this.recordTypeId = defaultRecordTypeId(data);
  }

  @wire(getPicklistValuesByRecordType, { objectApiName: 'Pilot__c', recordTypeId: '$recordTypeId' })
  receivePicklists({ data }: Result): void {
    if (data) this.update({ picklists: data });
  }

  answer({ detail: { key, value } }: CustomEvent<{ key: QuestionKey; value: Answer }>): void {
    this.change({ answers: { ...this.state.draft.answers, [key]: value } });
  }

  doubt({ detail }: CustomEvent<readonly string[]>): void {
    this.change({ doubts: detail });
  }

  pickWhy({ detail }: CustomEvent<NotNeeded>): void {
    this.change({ notNeeded: detail });
  }

  toTemplates(): void {
    this.change({ step: 'template' });
  }

  choose(event: Event): void {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    const { templateId, edits } = this.state.draft;
    // Changes to another template's lines would land on lines that they were not meant for.
    this.change({ step: 'review', templateId: id ?? null, edits: id === templateId ? edits : {} });
  }

  back(): void {
    this.update({ failure: null });
    this.change({ step: this.state.draft.step === 'review' ? 'template' : 'qualify' });
  }

  ask({ detail: { name, value } }: CustomEvent<Entry>): void {
    this.change({ plan: { ...this.state.draft.plan, ...answerChange(name, String(value ?? '')) } });
  }

  extra({ detail: { name, value } }: CustomEvent<Entry>): void {
    this.change({ extra: { ...this.state.draft.extra, [name]: value } });
  }

  edit({ detail: { alias, field, value } }: CustomEvent<Edit>): void {
    const { edits } = this.state.draft;
    this.change({ edits: { ...edits, [alias]: { ...edits[alias], [field]: value } } });
  }

  decline(): void {
    this.endBefore('Declined');
  }

  notNeeded(): void {
    this.endBefore('Not needed');
  }

  create(): void {
    const { review } = this.view;
    if (!review) return;
    if (review.missing.length === 0) void this.send(review.operations);
    else {
      this.update({ failure: refusal(LABELS.Pilot_Form_Missing) });
      this.template
        ?.querySelector<Review>('c-pilot-plan-review')
        ?.point(review.missing, LABELS.Pilot_Form_Fill);
    }
  }

  leave(): void {
    this.close(false);
  }

  private endBefore(outcome: 'Declined' | 'Not needed'): void {
    const planning = planningOf(this.state, readerAt(new Date()));
    if (planning) void this.send(closedPilot(planning, outcome));
  }

  private async send(operations: readonly Operation[]): Promise<void> {
    if (this.state.isSaving) return;
    this.disableClose = true;
    this.update({ isSaving: true });
    const isMade = await this.wasMade(operations);
    if (!isMade) {
      this.change({ unanswered: pilotsOfDeal(this.state.facts, this.dealId).map(({ id }) => id) });
      this.update({ failure: await saveAll(createAll('StartPilot', operations)) });
    }
    const { failure } = this.state;
    this.disableClose = false;
    this.update({ isSaving: false });
    if (isMade || failure === null) {
      dropDraft(window.sessionStorage, this.dealId);
      this.close(true);
    } else if (failure.kind !== 'offline') this.change({ unanswered: null });
  }

  /** An answer that was lost may have been a success: then the deal has a pilot of this name that it had not before. */
  private async wasMade(operations: readonly Operation[]): Promise<boolean> {
    const { unanswered } = this.state.draft;
    if (unanswered === null) return false;
    await this.refreshFacts?.();
    const name = operations[0]?.fields['Name'];
    const made = pilotsOfDeal(this.state.facts, this.dealId).filter(({ id }) => !unanswered.includes(id));
    return made.some((one) => one.name === name);
  }

  private change(change: Partial<WizardDraft>): void {
    const draft = { ...this.state.draft, ...change };
    keepDraft(window.sessionStorage, this.dealId, draft);
    this.update({ draft });
  }

  private update(change: Partial<WizardState>): void {
    this.state = { ...this.state, ...change };
    this.view = wizardView(this.state, readerAt(new Date()));
    this.askForPast();
  }

  /** Once for every template that is chosen, whether just now or in a draft of before. */
  private askForPast(): void {
    const { templates, draft } = this.state;
    const chosen = templates.find(({ id }) => id === draft.templateId)?.name;
    if (chosen === undefined || chosen === this.pastTemplate) return;
    this.pastTemplate = chosen;
    this.pastVariables = pastOf(chosen);
    this.pastQuery = PAST_RESULTS;
  }

  private failToLoad(errors: unknown): void {
    const isHidden = reduceErrors(errors).kind === 'no-access';
    this.update({ loadError: isHidden ? LABELS.Pilot_Panel_No_access : LABELS.Pilot_Panel_Error });
  }
}
