import { graphql } from 'lightning/graphql';
import PilotWizard from 'c/pilotWizard';
import { find, holdClock, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';

const wire = graphql as unknown as { emit(data: unknown): void; emitErrors(errors: unknown): void };
const answer = (query: object) => ({ uiapi: { query } });
const nodes = (...list: object[]) => ({ edges: list.map((node) => ({ node })) });
const DEAL = { Id: '006', Name: { value: 'Deal' }, AccountId: { value: '001' }, OwnerId: { value: '005' } };
const TEMPLATE = {
  Id: 't1',
  Name: { value: 'SaaS adoption' },
  Weeks__c: { value: 8 },
  Type__c: { value: 'Pilot' },
};
// Both wires of the test adapter get every answer: one that serves both questions.
const everything = (...templates: object[]) =>
  answer({
    Opportunity: nodes(DEAL),
    PilotTemplate__c: nodes(...templates),
    Contact: nodes(),
    earlier: nodes(),
    live: nodes(),
  });

holdClock();
beforeEach(() => window.sessionStorage.clear());

const keep = (draft: object) =>
  window.sessionStorage.setItem('pilotWizard:006', JSON.stringify({ version: 1, draft }));
const reviewOf = (element: Shown) => element.shadowRoot.querySelector<Shown>('c-pilot-plan-review')!;
const optionsOf = (element: Shown) => {
  const pick = reviewOf(element).shadowRoot.querySelector('[data-entry="workspace"]');
  return (pick as unknown as { field: { options: { label: string }[] } }).field.options.map(
    ({ label }) => label,
  );
};
const open = () => show('c-pilot-wizard', PilotWizard, { dealId: '006' });

describe('c-pilot-wizard', () => {
  it('waits with a named spinner', async () => {
    const element = open();
    expect(element.shadowRoot.querySelector('lightning-spinner')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('begins with the questions and cannot go on before they are answered', async () => {
    const element = open();
    wire.emit(everything(TEMPLATE));
    await settle();
    expect(texts(element, 'step')).toEqual(['1 of 3: Is a pilot the right step?']);
    expect(find<HTMLButtonElement>(element, 'continue')!.disabled).toBe(true);
    await expect(element).toBeAccessible();
  });

  it('offers no template that is out of use', async () => {
    keep({ step: 'template' });
    const element = open();
    wire.emit(everything(TEMPLATE, { ...TEMPLATE, Id: 't2', Active__c: { value: false } }));
    await settle();
    expect(find(element, 't1')).not.toBeNull();
    expect(find(element, 't2')).toBeNull();
  });

  it('goes on where the draft was left', async () => {
    keep({ step: 'template' });
    const element = open();
    wire.emit(everything(TEMPLATE));
    await settle();
    expect(texts(element, 'step')).toEqual(['2 of 3: Choose a template']);
    find(element, 't1')!.click();
    await settle();
    expect(texts(element, 'step')).toEqual(['3 of 3: Review and create']);
    expect(JSON.parse(window.sessionStorage.getItem('pilotWizard:006')!).draft.templateId).toBe('t1');
    await expect(element).toBeAccessible();
  });

  it('says what to do where no template is active', async () => {
    keep({ step: 'template' });
    const element = open();
    wire.emit(everything());
    await settle();
    expect(texts(element, 'no-template')[0]).toContain('No template is active.');
    await expect(element).toBeAccessible();
  });

  it('offers unlinked workspaces that the sync found likely, then earlier ones, each once', async () => {
    keep({ step: 'review', templateId: 't1' });
    const values = {
      key: 'acme-eu',
      source: 'product',
      people: 14,
      domain: 'acme.com',
      key2: 'old',
      source2: 'product',
    };
    const signals = [{ code: 'NOT_LINKED', state: 'Unknown', since: '2026-11-10', values, owner: 'rep' }];
    const stored = { value: JSON.stringify({ version: 1, signals, toTidy: [] }) };
    const keys = nodes({ Id: 'k', Source__c: { value: 'product' }, Key__c: { value: 'old' } });
    const element = open();
    wire.emit(
      answer({
        Opportunity: nodes(DEAL),
        PilotTemplate__c: nodes(TEMPLATE),
        Contact: nodes(),
        earlier: nodes({ Id: 'p0', Usage_Keys__r: keys }),
        unlinked: nodes({ Id: 'p1', Signals__c: stored }, { Id: 'p2', Signals__c: { value: '[' } }),
        live: nodes(),
      }),
    );
    await settle();
    expect(optionsOf(element)).toEqual([
      'acme-eu · 14 people at acme.com',
      'old (product)',
      'Link it later',
      'No usage data, by agreement',
    ]);
    expect(texts(reviewOf(element), 'workspace-hint')).toEqual([]);
  });

  it('says who will offer a workspace where none is known yet', async () => {
    keep({ step: 'review', templateId: 't1' });
    const element = open();
    wire.emit(everything(TEMPLATE));
    await settle();
    expect(optionsOf(element)).toEqual(['Link it later', 'No usage data, by agreement']);
    expect(texts(reviewOf(element), 'workspace-hint')[0]).toContain('after the next sync the panel offers');
    expect(texts(reviewOf(element), 'note')[0]).toContain('without a holiday region');
    await expect(element).toBeAccessible();
  });

  it('offers nobody as sponsor and says why where contacts are hidden', async () => {
    keep({ step: 'review', templateId: 't1' });
    const element = open();
    wire.emit(
      answer({
        Opportunity: nodes(DEAL),
        PilotTemplate__c: nodes(TEMPLATE),
        earlier: nodes(),
        live: nodes(),
      }),
    );
    await settle();
    const pick = reviewOf(element).shadowRoot.querySelector('[data-entry="sponsorId"]');
    expect(
      (pick as unknown as { field: { options: { label: string }[] } }).field.options.map(
        ({ label }) => label,
      ),
    ).toEqual(['Not named yet']);
    expect(texts(reviewOf(element), 'sponsor-hint')[0]).toContain('You may not read contacts');
    await expect(element).toBeAccessible();
  });

  it('begins anew when the kept draft is of another version', async () => {
    window.sessionStorage.setItem(
      'pilotWizard:006',
      JSON.stringify({ version: 0, draft: { step: 'review' } }),
    );
    const element = open();
    wire.emit(everything(TEMPLATE));
    await settle();
    expect(texts(element, 'step')).toEqual(['1 of 3: Is a pilot the right step?']);
  });

  it('names the permission set to somebody without access', async () => {
    const element = open();
    wire.emitErrors([{ message: 'undefined', extensions: { ErrorType: 'ValidationError' } }]);
    await settle();
    expect(texts(element, 'load-error')[0]).toContain('permission set Pilot Rep');
    await expect(element).toBeAccessible();
  });
});
