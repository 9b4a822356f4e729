import { api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import LightningModal from 'lightning/modal';
import { getPicklistValuesByRecordType } from 'lightning/uiObjectInfoApi';
import { blankFields, draftOf, pointAt, say, typedIn } from 'c/pilotForm';
import type { Control, FormField } from 'c/pilotForm';
import { LABELS } from 'c/pilotLabels';
import { readerAt, sayTo, todayOf } from 'c/pilotReader';
import type { Say } from 'c/pilotReader';
import { refusal } from 'c/pilotSave';
import type { SaveFailure } from 'c/pilotSave';
import { keepUndo, readFacts, readUndo, stampsOf } from './decisionData';
import type { KeptUndo } from './decisionData';
import { changesOf, changesOfDecision, closedDealDecision, decisionFields } from './decisionForm';
import type { DecisionDraft } from './decisionForm';
import { reverse } from './decisionPlan';
import type { Change, DecisionFacts } from './decisionPlan';
import { DECISION_OF_PILOT } from './decisionQuery';
import { closedDealLine } from './decisionView';
import { closedDealLines, draftLines } from './dialogLines';
import type { DialogLine } from './dialogLines';
import { savedNotice } from './readBack';
import { saveChanges } from './saveChanges';

// Every org has this record type; picklists of it hold all active values.
const MASTER_RECORD_TYPE = '012000000000000AAA';

/** Opens the dialog; true when something was written. */
export async function openDecision(pilotId: string): Promise<boolean> {
  return (await PilotDecision.open({ size: 'medium', label: LABELS.Pilot_Decision_Title, pilotId })) === true;
}

/** The last step on this pilot was made in this tab and may still be taken back. */
export function canUndo(pilotId: string): boolean {
  return readUndo(window.sessionStorage, pilotId) !== null;
}

/** Extend, hold the readout, decide; shows what will be written, and takes it back while nothing else changed. */
export default class PilotDecision extends LightningModal {
  @api pilotId = '';

  readonly labels = LABELS;
  readonly query = DECISION_OF_PILOT;
  facts: DecisionFacts | null | undefined;
  hasFailedToLoad = false;
  draft: DecisionDraft = {};
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

  get isDecided(): boolean {
    return this.facts?.pilot.fields['Status__c'] === 'Closed';
  }

  get showsForm(): boolean {
    return Boolean(this.facts) && !this.isDecided;
  }

  get fields(): FormField[] {
    return this.facts ? decisionFields(this.facts, this.draft, this.picklists, today()) : [];
  }

  get lines(): readonly DialogLine[] {
    return draftLines(this.facts, this.draft, today(), wording());
  }

  get closedDealLines(): readonly DialogLine[] {
    return closedDealLines(this.facts, today(), wording());
  }

  get closedDealText(): string {
    return this.facts && !this.isDecided ? closedDealLine(this.facts, wording()) : '';
  }

  get closedDealLabel(): string {
    return this.facts?.deal.isWon ? LABELS.Pilot_Decision_Record_won : LABELS.Pilot_Decision_Record_lost;
  }

  get submitLabel(): string {
    if (this.isSaving) return LABELS.Pilot_Form_Saving;
    return this.lines.some(({ isOpen }) => isOpen)
      ? LABELS.Pilot_Decision_Save_anyway
      : LABELS.Pilot_Decision_Save;
  }

  change(event: Event): void {
    const typed = Object.entries(typedIn(event)).map(([name, value]) => [name, String(value ?? '')]);
    this.draft = { ...this.draft, ...(Object.fromEntries(typed) as DecisionDraft) };
    say(event.target as Control, '');
  }

  submit(): void {
    const { facts, fields, draft } = this;
    const blank = blankFields(fields, draftOf(fields));
    if (blank) this.fail(blank);
    else if (facts) void this.save(changesOf(facts, draft, today()));
  }

  /** One tap: what the closed deal says is recorded on the pilot. */
  recordClosedDeal(): void {
    const { facts } = this;
    if (facts) void this.save(changesOfDecision(facts, closedDealDecision(facts, today())));
  }

  async takeBack(): Promise<void> {
    const { undo } = this;
    if (!undo) return;
    await this.refresh?.();
    const now = this.facts ? stampsOf(this.facts) : {};
    // Whoever wrote after us meant it: their change is not overwritten.
    const isTouched = Object.entries(undo.stamps).some(([id, stamp]) => now[id] !== stamp);
    if (isTouched || this.hasFailedToLoad) this.fail(refusal(LABELS.Pilot_Decision_undo_refused));
    else await this.save(undo.changes, true);
  }

  leave(): void {
    this.close(this.hasSaved);
  }

  private fail(failure: SaveFailure): void {
    const controls = this.template?.querySelectorAll<Control>('[data-entry]') ?? [];
    this.failure = pointAt([...controls], failure);
  }

  private async save(changes: readonly Change[], isUndo = false): Promise<void> {
    if (this.isSaving) return;
    this.isSaving = true;
    const { failure, made } = await saveChanges(isUndo ? 'UndoDecision' : 'DecidePilot', changes);
    if (failure) this.fail(failure);
    else {
      this.failure = null;
      this.hasSaved = true;
      const before = this.facts;
      await this.refresh?.();
      this.settle(changes, made, isUndo, this.facts !== before && !this.hasFailedToLoad);
    }
    this.isSaving = false;
  }

  /** Compares what is read again with what was sent; without that nothing is known, and nothing can be undone. */
  private settle(
    changes: readonly Change[],
    made: Readonly<Record<string, string>>,
    isUndo: boolean,
    isRead: boolean,
  ): void {
    const { facts } = this;
    if (!facts || !isRead) {
      this.undo = null;
      this.notice = LABELS.Pilot_Decision_unread;
    } else {
      this.undo = isUndo ? null : { changes: reverse(changes, made), stamps: stampsOf(facts) };
      this.notice = savedNotice(facts, changes, made, isUndo, wording());
    }
    keepUndo(window.sessionStorage, this.pilotId, this.undo);
    this.draft = {};
  }
}

function today(): string {
  return todayOf(readerAt(new Date()));
}

function wording(): Say {
  return sayTo(readerAt(new Date()));
}
