import { graphql } from 'lightning/graphql';
import PilotAgreement from 'c/pilotAgreement';
import { PaperWriter } from 'c/pilotPaper';
import { AGREEMENT_TEXTS, agreementSections } from '../agreementDocument';
import type { AgreementFacts } from '../agreementDocument';
import { find, holdClock, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';

const wire = graphql as unknown as { emit(data: unknown): void; emitErrors(errors: unknown): void };
const FACTS: AgreementFacts = {
  name: 'Acme <b>',
  customer: 'Acme',
  vendor: null,
  type: 'POC',
  department: null,
  scope: null,
  users: 25,
  restriction: 'Users',
  gatedFeatures: 'Export',
  startDate: '2026-10-12',
  endDate: '2026-12-07',
  readoutDate: null,
  decisionDate: '2026-12-18',
  consequence: null,
  customerSponsor: 'Dana Ortiz',
  customerLead: null,
  vendorSponsor: null,
  successManager: null,
  criteria: [
    { name: '=1+1', isMustHave: true, isAtMost: true, baseline: 4, target: 1.5, unit: 'h', measuredBy: null },
  ],
  commitments: [{ name: 'SSO', isOurs: false, dueOn: null }],
  terms: [
    {
      name: 'Rebate',
      amount: 5000,
      billing: 'One-time',
      isDiscount: true,
      validTo: null,
      validDaysAfterEnd: 30,
    },
  ],
};
const paperIn = (language: 'en' | 'es', values: Partial<AgreementFacts> = {}) =>
  agreementSections({ ...FACTS, ...values }, new PaperWriter(AGREEMENT_TEXTS, language, 'USD'), '2026-11-17');

describe('the paper', () => {
  it('computes the weeks and says what is still open, in both languages', () => {
    const lines = (language: 'en' | 'es') => JSON.stringify(paperIn(language));
    expect(lines('en')).toContain('(8 weeks)');
    expect(lines('en')).toContain('Readout of the results: to be agreed');
    expect(lines('en')).toContain('at most 1.5 h');
    expect(lines('en')).toContain('−$5,000 once');
    expect(lines('es')).toContain('Prueba de concepto');
    expect(lines('es')).toContain('como máximo 1,5 h');
    expect(lines('es')).toContain('30 días tras el final');
  });
});

describe('what limits the pilot', () => {
  const what = (values: Partial<AgreementFacts>, language: 'en' | 'es' = 'en') =>
    paperIn(language, values)[1]!.lines;

  it('is the number of users, and not features that are kept for later', () => {
    expect(what({ restriction: 'Users' })).toEqual(['Proof of concept · 25 users']);
  });

  it('is the features kept back where everybody may use it, with no number of users', () => {
    expect(what({ restriction: 'Features', gatedFeatures: 'Export, SSO' })).toEqual([
      'Proof of concept',
      'Open to everybody at the customer; no number of users is agreed',
      'Features that stay closed until conversion: Export, SSO',
    ]);
    expect(what({ restriction: 'Features' }, 'es')[2]).toBe(
      'Funciones que permanecen cerradas hasta la conversión: Export',
    );
  });

  it('is both where both are restricted, and open where the features are not named yet', () => {
    expect(what({ restriction: 'Both', gatedFeatures: null })).toEqual([
      'Proof of concept · 25 users',
      'Features that stay closed until conversion: to be agreed',
    ]);
  });
});

describe('c-pilot-agreement', () => {
  holdClock();
  const open = () => show('c-pilot-agreement', PilotAgreement, { pilotId: 'p' });
  const lists = {
    Success_Criteria__r: { edges: [] },
    Commitments__r: { edges: [] },
    Conversion_Terms__r: { edges: [] },
  };
  const answer = (node: object) => ({
    uiapi: { query: { Pilot__c: { edges: [{ node: { Id: 'p', ...node } }] } } },
  });

  it('waits, then shows the paper', async () => {
    const element = open();
    await expect(element).toBeAccessible();
    wire.emit(answer({ Name: { value: 'Acme' }, ...lists }));
    await settle();
    const paper = find<Shown & { paperTitle: string }>(element, 'paper');
    expect(paper?.paperTitle).toBe('Pilot agreement: Acme');
    expect(paper?.shadowRoot.textContent).toContain('What success is');
    await expect(element).toBeAccessible();
  });

  it('makes no paper of which a part may not be seen', async () => {
    const element = open();
    wire.emit(answer({ Name: { value: 'Acme' } }));
    await settle();
    expect(texts(element, 'load-error')[0]).toContain('permission set');
    expect(texts(element, 'paper')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('says that it cannot be read', async () => {
    const element = open();
    wire.emitErrors([{ status: 0 }]);
    await settle();
    expect(texts(element, 'load-error')).toHaveLength(1);
    await expect(element).toBeAccessible();
  });
});
