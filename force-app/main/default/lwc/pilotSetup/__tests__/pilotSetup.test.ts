import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import PilotSetup from 'c/pilotSetup';
import { find, holdClock, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';

interface Wire {
  emit(data: unknown, filter?: unknown): void;
  emitErrors(errors: unknown, filter?: unknown): void;
}
interface InfoWire {
  emit(data: unknown, filter: (config: { objectApiName: string }) => boolean): void;
  error(body: unknown, status: number, statusText: string, filter?: unknown): void;
}
const wire = graphql as unknown as Wire;
const infos = getObjectInfo as unknown as InfoWire;

const node = (values: Record<string, unknown>): object => ({
  node: {
    Id: String(values['Id'] ?? 'a00'),
    ...Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { value }])),
  },
});
function answer(given: { issues?: object[]; runs?: object[]; templates?: object[] } = {}): object {
  const { issues = [], runs = [], templates = [] } = given;
  const query = {
    PilotSyncIssue__c: { edges: issues },
    PilotSyncRun__c: { edges: runs },
    PilotTemplate__c: { edges: templates },
  };
  return { uiapi: { query } };
}
/** Only the page's own question: the sample asks one of its own. */
const isSetup = ({ variables }: { variables?: object }): boolean => variables === undefined;

async function open(): Promise<Shown> {
  const element = show('c-pilot-setup', PilotSetup, {});
  await settle();
  return element;
}
const of = (name: string) => (config: { objectApiName: string }) => config.objectApiName === name;
function describeAll(): void {
  for (const name of ['Pilot__c', 'PilotTemplate__c', 'PilotSyncRun__c'])
    infos.emit({ createable: true, fields: {} }, of(name));
  infos.emit({ createable: true, fields: { Lead_Pilot__c: {}, Pilot_Health__c: {} } }, of('Opportunity'));
}
const states = (element: Shown, id: string) =>
  [...element.shadowRoot.querySelectorAll<HTMLElement>(`[data-id="${id}"]`)].map(
    ({ dataset }) => dataset['state'],
  );

holdClock();

describe('c-pilot-setup', () => {
  it('waits with a named spinner and knows nothing of the viewer yet', async () => {
    const element = await open();
    expect(element.shadowRoot.querySelector('lightning-spinner')).not.toBeNull();
    expect(states(element, 'viewer')).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
    await expect(element).toBeAccessible();
  });

  it('names what a viewer without permission lacks, and shows no part that would stay empty', async () => {
    const element = await open();
    infos.error({ message: 'no' }, 403, 'Forbidden', of('Pilot__c'));
    wire.emitErrors([{ message: 'x', extensions: { ErrorType: 'ValidationError' } }], isSetup);
    await settle();
    expect(states(element, 'viewer')[0]).toBe('todo');
    expect(texts(element, 'fix')[0]).toContain('Pilot Admin > Manage Assignments');
    expect(find(element, 'error')).toBeNull();
    expect(element.shadowRoot.querySelector('c-pilot-templates')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('says that nothing is stored where no check and no sync ran', async () => {
    const element = await open();
    describeAll();
    wire.emit(answer(), isSetup);
    await settle();
    expect(states(element, 'viewer')).toEqual(['fine', 'fine', 'fine', 'fine']);
    expect(texts(element, 'check')[0]).toContain('No check has left anything in this org');
    expect(texts(element, 'sync')[0]).toContain('No sync has run yet');
    await expect(element).toBeAccessible();
  });

  it('shows findings with their date and the last sync, whose failure is not called fine', async () => {
    const element = await open();
    describeAll();
    const found = { Source__c: 'policy', Message__c: 'All there.', Last_Seen__c: '2026-11-16T06:10:00Z' };
    wire.emit(
      answer({
        issues: [
          node({ ...found, Resolved_On__c: '2026-11-16' }),
          node({ Id: 'a01', Message__c: 'Missing.', Fix__c: 'Click', Link__c: 'javascript:alert(1)' }),
        ],
        runs: [node({ Outcome__c: 'Failed', Started_At__c: '2026-11-17T06:10:00Z', Message__c: 'Too bad.' })],
      }),
      isSetup,
    );
    await settle();
    expect(states(element, 'check')).toEqual(['todo', 'solved']);
    expect(element.shadowRoot.querySelector('a')).toBeNull();
    expect(texts(element, 'check')[1]).toContain('Solved');
    expect(texts(element, 'found')[0]).toBe('Solved by 16 Nov.');
    expect(states(element, 'sync')).toEqual(['todo']);
    expect(texts(element, 'sync')[0]).toContain('Too bad.');
    await expect(element).toBeAccessible();
  });

  const clean = {
    Id: 'a02',
    Code__c: 'SETUP_CHECKED',
    Last_Seen__c: '2026-11-16T06:10:00Z',
    Resolved_On__c: '2026-11-16',
  };

  it('says when a check found nothing, and no longer once something is open', async () => {
    const element = await open();
    describeAll();
    wire.emit(answer({ issues: [node(clean)] }), isSetup);
    await settle();
    expect(states(element, 'check')).toEqual(['fine']);
    expect(texts(element, 'check')[0]).toContain('Nothing was wrong');
    expect(texts(element, 'found')).toEqual(['Checked on 15 Nov at 22:10.']);
    wire.emit(answer({ issues: [node(clean), node({ Id: 'a03', Message__c: 'Missing.' })] }), isSetup);
    await settle();
    expect(states(element, 'check')).toEqual(['todo']);
    expect(texts(element, 'check')[0]).not.toContain('Nothing was wrong');
    await expect(element).toBeAccessible();
  });

  it('shows what another policy would change in a part of its own, not as a finding', async () => {
    const element = await open();
    describeAll();
    wire.emit(answer(), isSetup);
    await settle();
    expect(find(element, 'what-if')).toBeNull();
    const told =
      'With Default Idle_Business_Days__c = 5: 1 of 2 pilots change. Adds 3 flags, removes 5.\nAcme, A: still Watch';
    wire.emit(
      answer({ issues: [node({ ...clean, Id: 'a04', Code__c: 'WHAT_IF', Message__c: told })] }),
      isSetup,
    );
    await settle();
    expect(texts(element, 'what-if')[0]).toContain('Adds 3 flags, removes 5.');
    expect(texts(element, 'what-if')[0]).toContain('on 15 Nov at 22:10. Nothing was changed.');
    expect(states(element, 'check')).toEqual(['unknown']);
    await expect(element).toBeAccessible();
  });

  it('a failure that is no lack of access is told, with a way to try again', async () => {
    const element = await open();
    wire.emitErrors([{ status: 503, message: 'Busy' }], isSetup);
    await settle();
    expect(texts(element, 'error')[0]).toContain('Busy');
    expect(find(element, 'retry')).not.toBeNull();
    await expect(element).toBeAccessible();
  });
});
