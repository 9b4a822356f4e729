import { api, wire } from 'lwc';
import { executeMutation, gql, graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import LightningModal from 'lightning/modal';
import { getPicklistValuesByRecordType } from 'lightning/uiObjectInfoApi';
import { LABELS } from 'c/pilotLabels';
import { isNode } from 'c/pilotNodes';
import { readerAt, sayTo, todayOf } from 'c/pilotReader';
import type { Say } from 'c/pilotReader';
import { failureOf, refusal } from 'c/pilotSave';
import type { SaveFailure } from 'c/pilotSave';
import { keepUndo, readFacts, readUndo, stampsOf } from './decisionData';
import type { KeptUndo } from './decisionData';
import {
  OTHER_TERMS,
  addWeekdays,
  agreedAmount,
  changeAll,
  decide,
  extend,
  holdReadout,
  reverse,
} from './decisionPlan';
import type { Change, Decision, DecisionFacts } from './decisionPlan';
import { DECISION_OF_PILOT } from './decisionQuery';
import { previewLines } from './decisionView';
import type { Move } from './decisionView';

interface Option {
  readonly label: string;
  readonly value: string;
}
type Draft = Readonly<Record<string, string | undefined>>;

// Every org has this record type; picklists of it hold all active values.
const MASTER_RECORD_TYPE = '012000000000000AAA';
const NOT_DECISIONS = ['Declined', 'Not needed'];
const CLOSED_FIRST = 'Deal closed first';

/** Opens the dialog; true when something was written. */
export async function openDecision(pilotId: string): Promise<boolean> {
  return (await PilotDecision.open({ size: 'medium', label: LABELS.Pilot_Decision_Title, pilotId })) === true;
}

/** Extend, hold the readout, decide; shows what will be written, and takes it back while nothing else changed. */
export default class PilotDecision extends LightningModal {
  @api pilotId = '';

  readonly labels = LABELS;
  facts: DecisionFacts | null | undefined;
  hasFailedToLoad = false;
  draft: Draft = {};
  failure: SaveFailure | null = null;
  notice = '';
  undo: KeptUndo | null = null;
  isSaving = false;
  hasSaved = false;
  picklists: unknown;
  refresh: (() => Promise<void>) | undefined;

  override connectedCallback(): void {
    this.undo = readUndo(window.sessionStorage, this.pilotId);
  }

  get query(): object {
    return DECISION_OF_PILOT;
  }

  get variables(): Record<string, unknown> {
    return { pilotId: this.pilotId };
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors, refresh }: GraphqlResult): void {
    if (refresh) this.refresh = refresh;
    this.hasFailedToLoad = Boolean(errors);
    if (data) this.facts = readFacts(data);
  }

  @wire(getPicklistValuesByRecordType, { objectApiName: 'Pilot__c', recordTypeId: MASTER_RECORD_TYPE })
  receivePicklists({ data }: { data?: unknown }): void {
    if (data) this.picklists = data;
  }

  get isLoading(): boolean {
    return this.facts === undefined && !this.hasFailedToLoad;
  }

  get loadError(): string {
    if (this.facts === null) return LABELS.Pilot_Panel_No_access;
    return this.hasFailedToLoad && !this.facts ? LABELS.Pilot_Panel_Error : '';
  }

  get today(): string {
    return todayOf(readerAt(new Date()));
  }

  get isDecided(): boolean {
    return this.facts?.pilot.fields['Status__c'] === 'Closed';
  }

  get showsForm(): boolean {
    return Boolean(this.facts) && !this.isDecided;
  }

  get moves(): Option[] {
    return [
      { label: LABELS.Pilot_Decision_Extend, value: 'extend' },
      { label: LABELS.Pilot_Decision_Readout, value: 'readout' },
      { label: LABELS.Pilot_Decision_Decide, value: 'decide' },
    ];
  }

  get move(): Move {
    const usual = this.facts?.pilot.fields['Status__c'] === 'In Review' ? 'decide' : 'readout';
    return (this.draft['move'] as Move | undefined) ?? usual;
  }

  get isExtending(): boolean {
    return this.move === 'extend';
  }

  get isReadingOut(): boolean {
    return this.move === 'readout';
  }

  get isDeciding(): boolean {
    return this.move === 'decide';
  }

  get isOther(): boolean {
    return this.isDeciding && this.decision.outcome === OTHER_TERMS;
  }

  get outcomes(): Option[] {
    return this.optionsOf('Outcome__c').filter(({ value }) => !NOT_DECISIONS.includes(value));
  }

  get reasons(): Option[] {
    return this.optionsOf('Outcome_Reason__c');
  }

  get values(): Required<Record<string, string>> {
    const fields = this.facts?.pilot.fields ?? {};
    const end = typeof fields['End_Date__c'] === 'string' ? fields['End_Date__c'] : this.today;
    const decision = fields['Decision_Date__c'];
    const usual = {
      end: addWeekdays(end, 10),
      held: this.today,
      decisionDate:
        typeof decision === 'string' && decision >= this.today ? decision : addWeekdays(this.today, 7),
      date: this.today,
    };
    return { ...usual, ...this.draft } as Record<string, string>;
  }

  get decision(): Decision {
    const { outcome = '', reason = '', date = '', notes = '', amount = '' } = this.values;
    const otherAmount = amount.trim() === '' ? null : Number(amount);
    return { outcome, reason, date, notes: notes || null, otherAmount };
  }

  get changes(): Change[] {
    const { facts, values, decision } = this;
    if (!facts) return [];
    if (this.isExtending) return extend(facts, values['end'] ?? '', values['reason'] ?? '');
    if (this.isReadingOut) return holdReadout(facts, values['held'] ?? '', values['decisionDate'] ?? '');
    return decide(facts, decision, LABELS.Pilot_Decision_other_name);
  }

  get preview(): { key: number; text: string }[] {
    if (!this.facts || (this.isDeciding && this.decision.outcome === '')) return [];
    const lines = previewLines(this.move, this.facts, this.changes, this.decision, this.say);
    return lines.map((text, key) => ({ key, text }));
  }

  get closedDealText(): string {
    const deal = this.facts?.deal;
    if (!deal?.isClosed || this.isDecided) return '';
    return this.say(deal.isWon ? 'Pilot_Decision_won' : 'Pilot_Decision_lost', { date: deal.closeDate });
  }

  get closedDealLabel(): string {
    return this.facts?.deal.isWon ? LABELS.Pilot_Decision_Record_won : LABELS.Pilot_Decision_Record_lost;
  }

  get failureLines(): { key: string; text: string }[] {
    return Object.entries(this.failure?.byField ?? {}).map(([key, text]) => ({ key, text }));
  }

  get submitLabel(): string {
    return this.isSaving ? LABELS.Pilot_Form_Saving : LABELS.Pilot_Decision_Save;
  }

  change(event: CustomEvent<{ value: string }>): void {
    const { entry } = (event.target as HTMLElement).dataset;
    if (entry !== undefined) this.draft = { ...this.draft, [entry]: event.detail.value };
  }

  submit(): void {
    const isReady = this.isExtending ? this.draft['reason'] : !this.isDeciding || this.isDecisionComplete;
    if (isReady) void this.save(this.changes);
    else this.failure = refusal(LABELS.Pilot_Form_Missing);
  }

  /** One tap: what the closed deal says is recorded on the pilot, and nothing is written to the deal. */
  recordClosedDeal(): void {
    const { facts } = this;
    if (!facts) return;
    const { isWon, closeDate, amount } = facts.deal;
    const agreed = agreedAmount(facts);
    const isAsAgreed = agreed > 0 && (amount === null || amount === agreed);
    const outcome = isWon ? (isAsAgreed ? 'Converted' : OTHER_TERMS) : 'Not converted';
    const date = closeDate !== null && closeDate < this.today ? closeDate : this.today;
    const decision = { outcome, reason: CLOSED_FIRST, date, notes: null, otherAmount: amount };
    void this.save(decide(facts, decision, LABELS.Pilot_Decision_other_name));
  }

  async takeBack(): Promise<void> {
    const { undo } = this;
    if (!undo) return;
    await this.refresh?.();
    const now = this.facts ? stampsOf(this.facts) : {};
    // Whoever wrote after us meant it: their change is not overwritten.
    const isTouched = Object.entries(undo.stamps).some(([id, stamp]) => now[id] !== stamp);
    if (isTouched || this.hasFailedToLoad) this.failure = refusal(LABELS.Pilot_Decision_undo_refused);
    else await this.save(undo.changes, true);
  }

  leave(): void {
    this.close(this.hasSaved);
  }

  private get isDecisionComplete(): boolean {
    const { outcome, reason, date, otherAmount } = this.decision;
    return (
      outcome !== '' && reason !== '' && date !== '' && (outcome !== OTHER_TERMS || otherAmount !== null)
    );
  }

  private get say(): Say {
    return sayTo(readerAt(new Date()));
  }

  private optionsOf(field: string): Option[] {
    const all = isNode(this.picklists) ? this.picklists['picklistFieldValues'] : undefined;
    const held = isNode(all) ? all[field] : undefined;
    const values = isNode(held) ? held['values'] : undefined;
    return Array.isArray(values) ? (values as Option[]).map(({ label, value }) => ({ label, value })) : [];
  }

  private async save(changes: readonly Change[], isUndo = false): Promise<void> {
    if (this.isSaving) return;
    this.isSaving = true;
    const { text, variables } = changeAll(isUndo ? 'UndoDecision' : 'DecidePilot', changes);
    const { data, failure } = await run(
      gql`
        ${text}
      `,
      variables,
    );
    this.failure = failure;
    if (failure === null) {
      this.hasSaved = true;
      await this.refresh?.();
      this.settle(changes, madeIds(data), isUndo);
    }
    this.isSaving = false;
  }

  /** Reads back what was saved: Salesforce may answer success and keep the old amount. */
  private settle(changes: readonly Change[], made: Record<string, string>, isUndo: boolean): void {
    const { facts } = this;
    if (!facts) return;
    const undo = isUndo ? null : { changes: reverse(changes, made), stamps: stampsOf(facts) };
    this.undo = undo;
    keepUndo(window.sessionStorage, this.pilotId, undo);
    const wanted = changes.find(({ alias }) => alias === 'deal')?.fields['Amount'];
    const isKept = wanted === undefined || wanted === facts.deal.amount;
    this.notice = isKept
      ? isUndo
        ? LABELS.Pilot_Decision_undone
        : LABELS.Pilot_Save_Done
      : this.say('Pilot_Decision_amount_kept', { amount: facts.deal.amount });
    this.draft = {};
  }
}

async function run(
  query: object,
  variables: Record<string, unknown>,
): Promise<{ data: unknown; failure: SaveFailure | null }> {
  try {
    const { data, errors } = await executeMutation({ query, variables });
    if (Array.isArray(errors) && errors.length > 0) throw errors;
    return { data, failure: null };
  } catch (error) {
    return { data: undefined, failure: failureOf(error) };
  }
}

/** Ids of the created records, by alias. */
function madeIds(data: unknown): Record<string, string> {
  const answers = isNode(data) && isNode(data['uiapi']) ? Object.entries(data['uiapi']) : [];
  return Object.fromEntries(
    answers.flatMap(([alias, answer]) => {
      const record = isNode(answer) ? answer['Record'] : undefined;
      const id = isNode(record) ? record['Id'] : undefined;
      return typeof id === 'string' ? [[alias, id]] : [];
    }),
  );
}
