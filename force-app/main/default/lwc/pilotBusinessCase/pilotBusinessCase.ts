import { api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import LightningModal from 'lightning/modal';
import { LABELS } from 'c/pilotLabels';
import { PaperWriter } from 'c/pilotPaper';
import type { PaperLanguage, PaperSection } from 'c/pilotPaper';
import type PilotPaper from 'c/pilotPaper';
import { readerAt, sayTo, todayOf } from 'c/pilotReader';
import { changeRecord, refusal } from 'c/pilotSave';
import type { SaveFailure } from 'c/pilotSave';
import { businessCase, perUser } from './businessCase';
import type { CaseAssumptions, Sense } from './businessCase';
import { CASE_TEXTS, caseSections } from './caseDocument';
import { readCase } from './caseData';
import type { LoadedCase } from './caseData';
import { CASE_OF_PILOT } from './caseQuery';

type Entry = keyof CaseAssumptions;

const FIELDS: Readonly<Record<Entry, string>> = {
  enterpriseUsers: 'Enterprise_Users__c',
  hoursPerUserWeek: 'Hours_Saved_Per_User_Week__c',
  hourlyCost: 'Loaded_Hourly_Cost__c',
  weeksPerYear: 'Weeks_Per_Year__c',
};
const MOST: Readonly<Record<Entry, number>> = {
  enterpriseUsers: 999_999_999,
  hoursPerUserWeek: 168,
  hourlyCost: 99_999_999,
  weeksPerYear: 53,
};

function isImpossible([entry, value]: [string, number | null]): boolean {
  return value !== null && !(value >= 0 && value <= MOST[entry as Entry]);
}

/** Opens the business case of a pilot; true when something was saved. */
export async function openBusinessCase(pilotId: string, mayChange: boolean): Promise<boolean> {
  const label = LABELS.Pilot_Case_Title;
  return (await PilotBusinessCase.open({ size: 'medium', label, pilotId, mayChange })) === true;
}

/** What the measured result is worth at the customer's scale: assumptions to edit, and the paper made of them. */
export default class PilotBusinessCase extends LightningModal {
  @api pilotId = '';
  @api mayChange = false;

  readonly labels = LABELS;
  loaded: LoadedCase | null | undefined;
  hasFailedToLoad = false;
  draft: Partial<CaseAssumptions> = {};
  chosen: PaperLanguage | undefined;
  failure: SaveFailure | null = null;
  notice = '';
  isSaving = false;
  hasSaved = false;
  refresh: (() => Promise<void>) | undefined;

  get query(): object {
    return CASE_OF_PILOT;
  }

  get variables(): Record<string, unknown> {
    return { pilotId: this.pilotId };
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors, refresh }: GraphqlResult): void {
    if (refresh) this.refresh = refresh;
    this.hasFailedToLoad = Boolean(errors);
    if (data) this.loaded = readCase(data);
  }

  get isLoading(): boolean {
    return this.loaded === undefined && !this.hasFailedToLoad;
  }

  get loadError(): string {
    if (this.loaded === null) return LABELS.Pilot_Panel_No_access;
    return this.hasFailedToLoad ? LABELS.Pilot_Panel_Error : '';
  }

  get showsForm(): boolean {
    return Boolean(this.loaded) && this.mayChange;
  }

  get assumptions(): CaseAssumptions {
    const saved = this.loaded?.facts.assumptions;
    const none = { enterpriseUsers: null, hoursPerUserWeek: null, hourlyCost: null, weeksPerYear: null };
    return { ...none, ...saved, ...this.draft };
  }

  get isUnsaved(): boolean {
    return Object.keys(this.draft).length > 0;
  }

  get cannotSave(): boolean {
    return this.isSaving || !this.isUnsaved;
  }

  /** What the pilot measured, and whose hours it counts: the question whose wrong answer is wrong 25-fold. */
  get measuredText(): string {
    const measurement = this.loaded?.facts.measurement;
    if (!measurement) return '';
    return this.say('Pilot_Case_measured', { name: measurement.name, hours: measurement.actual });
  }

  get senses(): { label: string; value: Sense }[] {
    const users = this.loaded?.facts.pilotUsers ?? null;
    const together = { label: this.say('Pilot_Case_together', { users }), value: 'together' } as const;
    return [...(users === null ? [] : [together]), { label: LABELS.Pilot_Case_each, value: 'each' } as const];
  }

  get sense(): Sense | null {
    return this.case?.sense ?? null;
  }

  get language(): PaperLanguage {
    return this.chosen ?? (readerAt(new Date()).locale.startsWith('es') ? 'es' : 'en');
  }

  get paperTitle(): string {
    return this.loaded ? `${this.writer.say('title')}: ${this.loaded.name}` : '';
  }

  get sections(): PaperSection[] {
    if (!this.case || !this.loaded) return [];
    return caseSections(this.case, this.loaded.access, this.writer, todayOf(readerAt(new Date())));
  }

  choose(event: CustomEvent<PaperLanguage>): void {
    this.chosen = event.detail;
  }

  type(event: CustomEvent<{ value: string }>): void {
    const { entry } = (event.target as HTMLElement).dataset as { entry?: Entry };
    const { value } = event.detail;
    if (entry !== undefined) this.edit(entry, value.trim() === '' ? null : Number(value));
  }

  takeMeasured(event: CustomEvent<{ value: Sense }>): void {
    const { measurement = null, pilotUsers = null } = this.loaded?.facts ?? {};
    if (measurement)
      this.edit('hoursPerUserWeek', perUser(measurement.actual, event.detail.value, pilotUsers));
  }

  async save(): Promise<void> {
    if (Object.entries(this.draft).some(isImpossible)) {
      this.failure = refusal(LABELS.Pilot_Case_wrong);
      return;
    }
    this.isSaving = true;
    const fields = Object.entries(this.draft).map(([entry, value]) => [FIELDS[entry as Entry], value]);
    this.failure = await changeRecord(
      this.pilotId,
      Object.fromEntries(fields),
      this.loaded?.lastModified ?? null,
    );
    if (this.failure === null) {
      this.hasSaved = true;
      await this.refresh?.();
      this.draft = {};
      this.notice = LABELS.Pilot_Save_Done;
    }
    this.isSaving = false;
  }

  printPaper(): void {
    this.notice = this.shown?.print() ? '' : LABELS.Pilot_Agreement_cannot_print;
  }

  download(): void {
    this.shown?.downloadHtml();
  }

  downloadCsv(): void {
    this.shown?.downloadCsv();
  }

  leave(): void {
    this.close(this.hasSaved);
  }

  private get case(): ReturnType<typeof businessCase> | null {
    if (!this.loaded) return null;
    const { facts } = this.loaded;
    // The org's figures belong to the saved assumptions only.
    const stored = this.isUnsaved ? null : facts.stored;
    const possible = Object.entries(this.assumptions).map(([entry, value]) => [
      entry,
      // Nothing is computed, printed or given away of minus three users: they are missing.
      isImpossible([entry, value]) ? null : value,
    ]);
    return businessCase({ ...facts, assumptions: Object.fromEntries(possible) as CaseAssumptions, stored });
  }

  private get writer(): PaperWriter {
    return new PaperWriter(CASE_TEXTS, this.language, readerAt(new Date()).currency);
  }

  private get say(): ReturnType<typeof sayTo> {
    return sayTo(readerAt(new Date()));
  }

  private get shown(): PilotPaper | null | undefined {
    return this.template?.querySelector<HTMLElement & PilotPaper>('[data-id="paper"]');
  }

  private edit(entry: Entry, value: number | null): void {
    const draft = { ...this.draft, [entry]: value };
    if (this.loaded?.facts.assumptions[entry] === value) delete draft[entry];
    this.draft = draft;
    this.failure = null;
    this.notice = '';
  }
}
