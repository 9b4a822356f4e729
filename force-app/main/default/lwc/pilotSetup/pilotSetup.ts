import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { reduceErrors } from 'c/pilotErrors';
import type { PilotError } from 'c/pilotErrors';
import { LABELS } from 'c/pilotLabels';
import { readerAt, sayTo } from 'c/pilotReader';
import { failureOf } from 'c/pilotSave';
import { SETUP } from './setupQuery';
import { checkRows, isCreateable, storedWhatIf, syncRow, templateNames, viewerRows } from './setupView';
import type { ObjectInfo, SetupRow, StoredWhatIf, ViewerInfos } from './setupView';

interface Wired {
  readonly data?: unknown;
  readonly error?: unknown;
}

interface ShownRow extends SetupRow {
  readonly icon: string;
  readonly word: string;
}

const ICONS = {
  fine: 'utility:success',
  solved: 'utility:check',
  todo: 'utility:warning',
  unknown: 'utility:info',
} as const;
const WORDS = {
  fine: LABELS.Pilot_Setup_fine,
  solved: LABELS.Pilot_Setup_solved,
  todo: LABELS.Pilot_Setup_todo,
  unknown: LABELS.Pilot_Setup_unknown,
} as const;

/**
 * What an admin has to know after the install. The page itself can tell only what the viewer sees; everything
 * else is what `npx pilot check` and the sync stored, with its date.
 */
export default class PilotSetup extends LightningElement {
  readonly labels = LABELS;
  readonly query = SETUP;
  data: unknown;
  error: PilotError | undefined;
  refresh: (() => Promise<void>) | undefined;
  infos: ViewerInfos = {};

  @wire(graphql, { query: '$query' })
  receive({ data, errors, refresh }: GraphqlResult): void {
    if (refresh) this.refresh = refresh;
    if (errors) this.error = reduceErrors(errors);
    if (!data) return;
    this.error = undefined;
    this.data = data;
  }

  @wire(getObjectInfo, { objectApiName: 'Pilot__c' })
  receivePilot(answer: Wired): void {
    this.infos = { ...this.infos, pilot: infoOf(answer) };
  }

  @wire(getObjectInfo, { objectApiName: 'PilotTemplate__c' })
  receiveTemplate(answer: Wired): void {
    this.infos = { ...this.infos, template: infoOf(answer) };
  }

  @wire(getObjectInfo, { objectApiName: 'PilotSyncRun__c' })
  receiveRun(answer: Wired): void {
    this.infos = { ...this.infos, run: infoOf(answer) };
  }

  @wire(getObjectInfo, { objectApiName: 'Opportunity' })
  receiveDeal(answer: Wired): void {
    this.infos = { ...this.infos, deal: infoOf(answer) };
  }

  get isLoading(): boolean {
    return this.data === undefined && this.error === undefined;
  }

  /** What the viewer lacks is shown as a row; only other failures are errors of the page. */
  get errorText(): string {
    if (!this.error || this.error.kind === 'no-access') return '';
    return this.error.kind === 'offline' ? LABELS.Pilot_Panel_Offline : LABELS.Pilot_Panel_Error;
  }

  get errorDetail(): string {
    return this.error?.messages.join(' ') ?? '';
  }

  get viewer(): ShownRow[] {
    return viewerRows(this.infos, sayTo(readerAt(new Date()))).map(shown);
  }

  get checks(): ShownRow[] {
    const reader = readerAt(new Date());
    return checkRows(this.data, reader, sayTo(reader)).map(shown);
  }

  get whatIf(): StoredWhatIf | null {
    const reader = readerAt(new Date());
    return storedWhatIf(this.data, reader, sayTo(reader));
  }

  get sync(): ShownRow {
    const reader = readerAt(new Date());
    return shown(syncRow(this.data, reader, sayTo(reader)));
  }

  get templateNames(): string[] {
    return templateNames(this.data);
  }

  get canLoadTemplates(): boolean {
    return isCreateable(this.infos.template);
  }

  get canAddSample(): boolean {
    return isCreateable(this.infos.pilot);
  }

  readAgain(): void {
    void this.refresh?.();
  }
}

function shown(row: SetupRow): ShownRow {
  return { ...row, icon: ICONS[row.state], word: WORDS[row.state] };
}

/** An object that the viewer may not see is a 403 or 404; any other failure leaves it unknown. */
function infoOf({ data, error }: Wired): ObjectInfo {
  if (error !== undefined) return failureOf(error).kind === 'no-access' ? null : undefined;
  return typeof data === 'object' && data !== null ? (data as ObjectInfo) : undefined;
}
