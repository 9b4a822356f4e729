// The rows of the setup page: a state that is also written in words, what it means, and the click that changes it.
import { clockTime, dayIn } from 'c/pilotReader';
import type { Reader, Say } from 'c/pilotReader';
import { labelOf, numberOf, queryNodes, textOf } from 'c/pilotNodes';
import type { GraphqlNode } from 'c/pilotNodes';

export type RowState = 'fine' | 'solved' | 'todo' | 'unknown';

export interface SetupRow {
  readonly id: string;
  readonly state: RowState;
  readonly text: string;
  /** What to click or run; empty when nothing is to be done. */
  readonly fix: string;
  /** Address of the place in Setup; empty when there is none. */
  readonly link: string;
  /** When it was found out; empty for what the page reads itself. */
  readonly found: string;
}

/** What getObjectInfo said of an object: null when the viewer cannot see it, undefined while nothing is known. */
export type ObjectInfo = Readonly<Record<string, unknown>> | null | undefined;

export interface ViewerInfos {
  readonly pilot?: ObjectInfo;
  readonly template?: ObjectInfo;
  readonly run?: ObjectInfo;
  readonly deal?: ObjectInfo;
}

const HOUR_MS = 3_600_000;
/** Twice the shipped interval of the sync (PilotPolicy Sync_Interval_Hours__c = 24), which no component can read. */
const OLD_AFTER_HOURS = 48;

/** What the viewer may do, by objects and fields that Lightning Data Service describes. */
export function viewerRows({ pilot, template, run, deal }: ViewerInfos, say: Say): SetupRow[] {
  const row = (
    id: string,
    info: ObjectInfo,
    isFine: (info: NonNullable<ObjectInfo>) => boolean,
  ): SetupRow => {
    const state = info === undefined ? 'unknown' : info !== null && isFine(info) ? 'fine' : 'todo';
    const text = say(`Pilot_Setup_you_${id}${state === 'todo' ? '_not' : ''}`);
    return { id, state, text, fix: state === 'todo' ? say('Pilot_Setup_assign') : '', link: '', found: '' };
  };
  return [
    row('pilots', pilot, () => true),
    row('templates', template, isCreateable),
    row('runs', run, () => true),
    row('deal', deal, (info) => hasField(info, 'Lead_Pilot__c') && hasField(info, 'Pilot_Health__c')),
  ];
}

// Codes of the two records of kind Setup that are answers and no findings (scripts/sync/setup-record.ts).
const CHECKED = 'SETUP_CHECKED';
const WHAT_IF = 'WHAT_IF';

/**
 * The findings that `npx pilot check` stored, open ones first. Without an open one, a row that says when nothing was
 * wrong, or that no check was ever stored.
 */
export function checkRows(data: unknown, reader: Reader, say: Say): SetupRow[] {
  const nodes = setupNodes(data);
  const findings = nodes.filter((node) => ![CHECKED, WHAT_IF].includes(codeOf(node)));
  const rows = findings.map((node) => findingRow(node, reader, say));
  const open = rows.filter(({ state }) => state === 'todo');
  const solved = rows.filter(({ state }) => state === 'solved');
  if (open.length > 0) return [...open, ...solved];
  const checked = nodes.find((node) => codeOf(node) === CHECKED);
  if (checked) return [checkedRow(checked, reader, say), ...solved];
  if (solved.length > 0) return solved;
  const none = { id: 'none', state: 'unknown', text: say('Pilot_Setup_checks_none') } as const;
  return [{ ...none, fix: 'npx pilot check', link: '', found: '' }];
}

function checkedRow(node: GraphqlNode, reader: Reader, say: Say): SetupRow {
  const text = say('Pilot_Setup_checked');
  return { id: CHECKED, state: 'fine', text, fix: '', link: '', found: foundOn(node, reader, say) };
}

function findingRow(node: GraphqlNode, reader: Reader, say: Say): SetupRow {
  const solvedOn = textOf(node, 'Resolved_On__c');
  const isSolved = solvedOn !== null;
  const message = textOf(node, 'Message__c') ?? textOf(node, 'Code__c') ?? String(node['Id']);
  return {
    id: String(node['Id']),
    state: isSolved ? 'solved' : 'todo',
    text: [textOf(node, 'Source__c'), message].filter(Boolean).join(': '),
    fix: isSolved ? '' : (textOf(node, 'Fix__c') ?? ''),
    link: isSolved ? '' : safeLink(textOf(node, 'Link__c')),
    found: isSolved ? say('Pilot_Setup_solved_on', { day: solvedOn }) : foundOn(node, reader, say),
  };
}

/** What `npx pilot whatif --store` answered, and when. */
export interface StoredWhatIf {
  /** One line each pilot that would be judged differently, after a first one with the counts. */
  readonly text: string;
  readonly asked: string;
}

/** The last stored answer to what another policy would change; null when there is none. */
export function storedWhatIf(data: unknown, reader: Reader, say: Say): StoredWhatIf | null {
  const node = setupNodes(data).find((one) => codeOf(one) === WHAT_IF);
  const text = node ? textOf(node, 'Message__c') : null;
  if (!node || text === null) return null;
  const seen = textOf(node, 'Last_Seen__c');
  return { text, asked: seen === null ? '' : say('Pilot_Setup_what_if_asked', moment(seen, reader)) };
}

function setupNodes(data: unknown): readonly GraphqlNode[] {
  return queryNodes(data, 'PilotSyncIssue__c') ?? [];
}

function codeOf(node: GraphqlNode): string {
  return textOf(node, 'Code__c') ?? '';
}

function foundOn(node: GraphqlNode, reader: Reader, say: Say): string {
  const seen = textOf(node, 'Last_Seen__c');
  return seen === null ? '' : say('Pilot_Setup_found', moment(seen, reader));
}

/** How the last sync ended and whether it is too long ago. */
export function syncRow(data: unknown, reader: Reader, say: Say): SetupRow {
  const [run] = queryNodes(data, 'PilotSyncRun__c') ?? [];
  const started = run ? textOf(run, 'Started_At__c') : null;
  if (!run || started === null) {
    const text = say('Pilot_Setup_sync_none');
    return { id: 'sync', state: 'todo', text, fix: 'npx pilot sync', link: '', found: '' };
  }
  const isOld = reader.now.getTime() - Date.parse(started) > OLD_AFTER_HOURS * HOUR_MS;
  const outcome = textOf(run, 'Outcome__c');
  const isFine = !isOld && (outcome === 'Succeeded' || outcome === 'Running');
  const line = say('Pilot_Setup_sync_line', {
    outcome: labelOf(run, 'Outcome__c') ?? say('Pilot_Setup_unknown'),
    pilots: numberOf(run, 'Pilots_Read__c') ?? '–',
    failed: numberOf(run, 'Failed__c') ?? '–',
    ...moment(started, reader),
  });
  const message = outcome === 'Succeeded' ? '' : (textOf(run, 'Message__c') ?? '');
  const text = [line, isOld ? say('Pilot_Setup_sync_old') : '', message].filter(Boolean).join(' ');
  return {
    id: 'sync',
    state: isFine ? 'fine' : 'todo',
    text,
    fix: isFine ? '' : 'npx pilot sync',
    link: '',
    found: '',
  };
}

function moment(instant: string, { locale, timeZone }: Reader): { day: string; time: string } {
  const at = new Date(instant);
  return { day: dayIn(at, timeZone), time: clockTime(at, locale, timeZone) };
}

/** Names of the templates there are. */
export function templateNames(data: unknown): string[] {
  return (queryNodes(data, 'PilotTemplate__c') ?? []).flatMap((node) => textOf(node, 'Name') ?? []);
}

export function isCreateable(info: ObjectInfo): boolean {
  return info?.['createable'] === true;
}

function hasField(info: NonNullable<ObjectInfo>, field: string): boolean {
  const fields = info['fields'];
  return typeof fields === 'object' && fields !== null && field in fields;
}

/** Only places in this org, and pages over https: a stored text is no reason to follow `javascript:`. */
function safeLink(link: string | null): string {
  return link !== null && /^(https:\/\/|\/(?!\/))/.test(link) ? link : '';
}
