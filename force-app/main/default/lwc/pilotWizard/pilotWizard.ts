import { api, wire } from 'lwc';
import { gql, graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import LightningModal from 'lightning/modal';
import { getObjectInfo, getPicklistValuesByRecordType } from 'lightning/uiObjectInfoApi';
import { reduceErrors } from 'c/pilotErrors';
import { LABELS } from 'c/pilotLabels';
import type { Answer, Qualification, QuestionKey } from 'c/pilotQualify';
import type { ReviewAnswers, ReviewOption } from 'c/pilotPlanReview';
import { readerAt, sayTo, todayOf } from 'c/pilotReader';
import { createAll, refusal, saveTogether } from 'c/pilotSave';
import type { SaveFailure } from 'c/pilotSave';
import type { FieldValue, Operation, Template } from './pilotPlan';
import { defaultRecordTypeId, isMissing, requiredFields } from './requiredFields';
import type { RequiredField } from './requiredFields';
import { readAccountFacts, readDeal, readTemplates } from './wizardData';
import type { AccountFacts, Deal } from './wizardData';
import { EMPTY_DRAFT, dropDraft, keepDraft, readDraft } from './wizardDraft';
import type { Step, WizardDraft } from './wizardDraft';
import { closedPilot, operationsOf, planAnswers, qualificationOf, warningOf } from './wizardPlan';
import type { Planning } from './wizardPlan';
import { DEAL_AND_TEMPLATES, PEOPLE_AND_PILOTS } from './wizardQueries';
import {
  answerChange,
  missingAnswers,
  sponsorOptions,
  templateChoices,
  workspaceOptions,
  workspaceValue,
} from './wizardViews';
import type { TemplateChoice } from './wizardViews';

interface Review extends HTMLElement {
  point(names: readonly string[], text: string): void;
}

/** Opens the dialog for a deal; true when a pilot was made. */
export async function openWizard(dealId: string): Promise<boolean> {
  return (await PilotWizard.open({ size: 'medium', label: LABELS.Pilot_Wizard_Title, dealId })) === true;
}

/** Qualify, choose a template, review, save once. The draft outlives errors and the dialog itself. */
export default class PilotWizard extends LightningModal {
  @api dealId = '';

  readonly labels = LABELS;
  draft: WizardDraft = EMPTY_DRAFT;
  deal: Deal | null | undefined;
  templates: readonly Template[] = [];
  facts: AccountFacts | undefined;
  loadError = '';
  failure: SaveFailure | null = null;
  isSaving = false;
  shownStep: Step = 'qualify';
  objectInfo: unknown;
  picklists: unknown;
  recordTypeId: string | undefined;
  refreshFacts: (() => Promise<void>) | undefined;

  override connectedCallback(): void {
    this.draft = readDraft(window.sessionStorage, this.dealId);
    this.shownStep = this.draft.step;
  }

  override renderedCallback(): void {
    if (this.shownStep === this.draft.step) return;
    this.shownStep = this.draft.step;
    this.template?.querySelector<HTMLElement>('[data-id="step"]')?.focus();
  }

  get query(): object {
    return DEAL_AND_TEMPLATES;
  }

  get variables(): Record<string, unknown> {
    return { dealId: this.dealId };
  }

  get factsQuery(): object | undefined {
    return this.deal ? PEOPLE_AND_PILOTS : undefined;
  }

  get factsVariables(): Record<string, unknown> {
    return { accountId: this.deal?.accountId ?? null, ownerId: this.deal?.ownerId ?? null };
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  receiveDeal({ data, errors }: GraphqlResult): void {
    if (errors) this.loadError = this.loadText(errors);
    if (!data) return;
    this.deal = readDeal(data);
    this.templates = readTemplates(data);
    if (this.deal === null) this.loadError = LABELS.Pilot_Panel_No_access;
  }

  @wire(graphql, { query: '$factsQuery', variables: '$factsVariables' })
  receiveFacts({ data, errors, refresh }: GraphqlResult): void {
    if (refresh) this.refreshFacts = refresh;
    if (errors && !this.facts) this.loadError = this.loadText(errors);
    if (data) this.facts = readAccountFacts(data);
  }

  @wire(getObjectInfo, { objectApiName: 'Pilot__c' })
  receiveInfo({ data }: { data?: unknown }): void {
    if (!data) return;
    this.objectInfo = data;
    this.recordTypeId = defaultRecordTypeId(data);
  }

  @wire(getPicklistValuesByRecordType, { objectApiName: 'Pilot__c', recordTypeId: '$recordTypeId' })
  receivePicklists({ data }: { data?: unknown }): void {
    if (data) this.picklists = data;
  }

  get planning(): Planning | undefined {
    const { dealId, deal, templates, facts, draft } = this;
    if (!deal || !facts) return undefined;
    const reader = readerAt(new Date());
    const common = { dealId, deal, templates, facts, draft };
    return { ...common, today: todayOf(reader), locale: reader.locale, say: sayTo(reader) };
  }

  get isLoading(): boolean {
    return !this.planning && this.loadError === '';
  }

  get isQualifying(): boolean {
    return this.isStep('qualify');
  }

  get isChoosing(): boolean {
    return this.isStep('template');
  }

  get isReviewing(): boolean {
    return this.isStep('review');
  }

  get heading(): string {
    return LABELS[`Pilot_Wizard_Step_${this.draft.step}`];
  }

  get qualification(): Qualification | null {
    return this.planning ? qualificationOf(this.planning) : null;
  }

  get cannotContinue(): boolean {
    return this.qualification === null;
  }

  get isDeclining(): boolean {
    return this.qualification?.verdict === 'Decline';
  }

  get continueLabel(): string {
    const isGo = this.qualification === null || this.qualification.verdict === 'Go';
    return isGo ? LABELS.Pilot_Wizard_Continue : LABELS.Pilot_Wizard_Continue_anyway;
  }

  get continueVariant(): string {
    return this.isDeclining ? 'neutral' : 'brand';
  }

  get earlierPilots(): number {
    return this.facts?.earlier.filter(({ isRun }) => isRun).length ?? 0;
  }

  get convertedPilots(): number {
    return this.facts?.earlier.filter(({ isConverted }) => isConverted).length ?? 0;
  }

  get choices(): TemplateChoice[] {
    return this.planning ? templateChoices(this.planning) : [];
  }

  get hasNoTemplate(): boolean {
    return this.choices.length === 0;
  }

  get operations(): Operation[] {
    return this.planning ? operationsOf(this.planning) : [];
  }

  get reviewAnswers(): ReviewAnswers | undefined {
    if (!this.planning) return undefined;
    const answers = planAnswers(this.planning);
    return { ...answers, workspace: workspaceValue(answers.workspace) };
  }

  get workspaceOptions(): ReviewOption[] {
    return workspaceOptions(this.facts?.workspaces ?? [], LABELS);
  }

  get sponsorOptions(): ReviewOption[] {
    return sponsorOptions(this.deal?.accountId ? (this.facts?.people ?? []) : [], LABELS);
  }

  get extraFields(): (RequiredField & { value: FieldValue })[] {
    const filled = this.operations[0]?.fields ?? {};
    const { extra } = this.draft;
    const known = Object.fromEntries(Object.entries(filled).filter(([name]) => !(name in extra)));
    return requiredFields(this.objectInfo, this.picklists, known).map((field) => ({
      ...field,
      value: extra[field.name] ?? null,
    }));
  }

  get warning(): string {
    return this.planning ? warningOf(this.planning) : '';
  }

  get messages(): Readonly<Record<string, string>> {
    return this.failure?.byField ?? {};
  }

  get submitLabel(): string {
    return this.isSaving ? LABELS.Pilot_Form_Saving : LABELS.Pilot_Wizard_Create;
  }

  answer({ detail: { key, value } }: CustomEvent<{ key: QuestionKey; value: Answer }>): void {
    this.change({ answers: { ...this.draft.answers, [key]: value } });
  }

  doubt({ detail }: CustomEvent<readonly string[]>): void {
    this.change({ doubts: detail });
  }

  toTemplates(): void {
    this.change({ step: 'template' });
  }

  choose(event: Event): void {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    // Changes to another template's lines would land on lines that they were not meant for.
    const edits = id === this.draft.templateId ? this.draft.edits : {};
    this.change({ step: 'review', templateId: id ?? null, edits });
  }

  back(): void {
    this.failure = null;
    this.change({ step: this.draft.step === 'review' ? 'template' : 'qualify' });
  }

  ask({ detail: { name, value } }: CustomEvent<{ name: string; value: string }>): void {
    this.change({ plan: { ...this.draft.plan, ...answerChange(name, value) } });
  }

  extra({ detail: { name, value } }: CustomEvent<{ name: string; value: FieldValue }>): void {
    this.change({ extra: { ...this.draft.extra, [name]: value } });
  }

  edit({ detail }: CustomEvent<{ alias: string; field: string; value: FieldValue }>): void {
    const { alias, field, value } = detail;
    const { edits } = this.draft;
    this.change({ edits: { ...edits, [alias]: { ...edits[alias], [field]: value } } });
  }

  decline(): void {
    if (this.planning) void this.send(closedPilot(this.planning, 'Declined'));
  }

  notNeeded(): void {
    if (this.planning) void this.send(closedPilot(this.planning, 'Not needed'));
  }

  create(): void {
    const missing = [
      ...missingAnswers(this.draft.plan),
      ...this.extraFields.filter((field) => isMissing(field, field.value)).map(({ name }) => name),
    ];
    if (missing.length === 0) void this.send(this.operations);
    else {
      this.failure = refusal(LABELS.Pilot_Form_Missing);
      this.template?.querySelector<Review>('c-pilot-plan-review')?.point(missing, LABELS.Pilot_Form_Fill);
    }
  }

  leave(): void {
    this.close(false);
  }

  private async send(operations: readonly Operation[]): Promise<void> {
    if (this.isSaving) return;
    this.isSaving = true;
    this.disableClose = true;
    const isMade = await this.wasMade(operations);
    if (!isMade) {
      this.change({ unanswered: this.pilotsOfDeal() });
      const { text, variables } = createAll('StartPilot', operations);
      this.failure = await saveTogether(
        gql`
          ${text}
        `,
        variables,
      );
    }
    this.isSaving = false;
    this.disableClose = false;
    if (isMade || this.failure === null) {
      dropDraft(window.sessionStorage, this.dealId);
      this.close(true);
    } else if (this.failure.kind !== 'offline') this.change({ unanswered: null });
  }

  /** An answer that was lost may have been a success: then the deal has a pilot of this name that it had not before. */
  private async wasMade(operations: readonly Operation[]): Promise<boolean> {
    const { unanswered } = this.draft;
    if (unanswered === null) return false;
    await this.refreshFacts?.();
    const name = operations[0]?.fields['Name'];
    const made = this.facts?.earlier.filter(
      (one) => one.dealId === this.dealId && !unanswered.includes(one.id),
    );
    return made?.some((one) => one.name === name) ?? false;
  }

  private pilotsOfDeal(): string[] {
    return (this.facts?.earlier ?? []).filter(({ dealId }) => dealId === this.dealId).map(({ id }) => id);
  }

  private change(change: Partial<WizardDraft>): void {
    this.draft = { ...this.draft, ...change };
    keepDraft(window.sessionStorage, this.dealId, this.draft);
  }

  private isStep(step: Step): boolean {
    return this.planning !== undefined && this.draft.step === step;
  }

  private loadText(errors: unknown): string {
    return reduceErrors(errors).kind === 'no-access'
      ? LABELS.Pilot_Panel_No_access
      : LABELS.Pilot_Panel_Error;
  }
}
