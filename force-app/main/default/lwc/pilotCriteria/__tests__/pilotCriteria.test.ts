import PilotCriteria from 'c/pilotCriteria';
import PilotForm from 'c/pilotForm';
import type { FormSpec } from 'c/pilotForm';
import { criterionNode } from '../../pilotRecord/__tests__/pilotAnswer';
import type { pilotNode } from '../../pilotRecord/__tests__/pilotAnswer';
import {
  aPilot,
  find,
  holdClock,
  settle,
  show,
  someDetails,
  texts,
} from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';

// Every custom permission is granted by sfdx-lwc-jest: this reader has none.
jest.mock('@salesforce/customPermission/Pilot_Amend_Signed_Criteria', () => ({ default: undefined }), {
  virtual: true,
});

const SIGNED = {
  Criteria_Signed_On__c: '2026-10-09',
  Signed_By_Customer__c: '003000000000001AAA',
  Signed_By_Customer__r: { Name: 'Dana Ortiz' },
};
const showCriteria = (
  criteria: Parameters<typeof pilotNode>[1],
  values = {},
  details: object | undefined = someDetails(),
): Shown => show('c-pilot-criteria', PilotCriteria, { pilot: aPilot(values, criteria), details });
const opened = (): FormSpec => (PilotForm.open as unknown as jest.Mock).mock.calls.at(-1)[0].spec;

/** Opens the form in the first row; names of what it asks. */
async function editing(element: Shown): Promise<string[]> {
  find(element, 'edit')!.click();
  await settle();
  const { spec } = find(element, 'row-form') as unknown as { spec: FormSpec };
  return spec.fields.map(({ name }) => name);
}

holdClock();

describe('c-pilot-criteria', () => {
  it('lists criteria with numbers, units, projection and pace in words, must-haves first', async () => {
    const reply = {
      Name: 'Reply time',
      Must_Have__c: true,
      Direction__c: 'At most',
      Unit__c: 'h',
      Baseline__c: 4,
    };
    const element = showCriteria(
      [
        criterionNode({ Id: '1' }),
        criterionNode({
          Id: '2',
          ...reply,
          Target__c: 1,
          Actual__c: 3.1,
          Projected__c: 2.2,
          Pace__c: 'Unlikely',
        }),
      ],
      SIGNED,
    );
    expect(texts(element, 'name')).toEqual(['Reply time', 'Weekly active users']);
    expect(texts(element, 'actual')).toEqual(['3.1 h', '11 users']);
    expect(texts(element, 'projected')).toEqual(['2.2 h', '14 users']);
    expect(texts(element, 'pace')).toEqual(['Unlikely', 'Behind']);
    expect([...element.shadowRoot.querySelectorAll('dd')].map((node) => node.textContent)).toContain(
      'at most 1 h',
    );
    expect(texts(element, 'signature')).toEqual(['Signed on 9 Oct by Dana Ortiz']);
    await expect(element).toBeAccessible();
  });

  it('offers editing and signing until it is signed', async () => {
    const element = showCriteria([criterionNode()]);
    expect(texts(element, 'signature')).toEqual(['Not signed yet']);
    expect(find(element, 'lock')).toBeNull();
    expect(await editing(element)).toEqual(['Baseline__c', 'Target__c', 'Actual__c']);
    expect(find(element, 'edit')).toBeNull();
    find(element, 'sign')!.click();
    expect(opened().fields.map(({ name }) => name)).toEqual([
      'Signed_By_Customer__c',
      'Criteria_Signed_On__c',
    ]);
    await expect(element).toBeAccessible();
  });

  it('takes the row’s form away once it is done, and offers editing again', async () => {
    const element = showCriteria([criterionNode()]);
    await editing(element);
    find(element, 'row-form')!.dispatchEvent(new CustomEvent('close'));
    await settle();
    expect(find(element, 'row-form')).toBeNull();
    expect(find(element, 'edit')).not.toBeNull();
  });

  it('never asks for a value that the sync counts', async () => {
    const element = showCriteria([criterionNode({ Metric__c: 'weekly_users' })]);
    expect(await editing(element)).toEqual(['Baseline__c', 'Target__c']);
  });

  it('is locked once signed, with the reason; a value entered by hand stays open', async () => {
    const measured = criterionNode({ Id: '1', Metric__c: 'weekly_users' });
    const element = showCriteria([measured, criterionNode({ Id: '2' })], SIGNED);
    expect(find(element, 'edit')).toBeNull();
    expect(find(element, 'amend')).toBeNull();
    expect(texts(element, 'lock')[0]).toContain('Ask a pilot manager to amend them.');
    expect(texts(element, 'enter')).toHaveLength(1);
    find(element, 'enter')!.click();
    expect(opened().fields.map(({ name }) => name)).toEqual(['Actual__c']);
    await expect(element).toBeAccessible();
  });

  it('keeps an amendment readable and marks the signature', async () => {
    const amendment = {
      on: '2026-11-03',
      criterionId: '1',
      name: 'x',
      from: '20 %',
      to: '15 %',
      reason: 'Half left',
    };
    const Amendments__c = JSON.stringify({ version: 1, amendments: [amendment] });
    const element = showCriteria([criterionNode({ Id: '1' })], SIGNED, someDetails({ Amendments__c }));
    expect(texts(element, 'amendment')).toEqual(['20 % → 15 % on 3 Nov, to be re-signed: Half left']);
    expect(texts(element, 'signature')).toEqual([
      'Signed on 9 Oct by Dana Ortiz · amended since, to be re-signed',
    ]);
    await expect(element).toBeAccessible();
  });

  it('marks the signature of a sponsor who has left', () => {
    const left = showCriteria([criterionNode()], { ...SIGNED, Sponsor_Left_On__c: '2026-11-01' });
    expect(texts(left, 'signature')[0]).toContain('signer has left');
    const replaced = {
      ...SIGNED,
      Customer_Sponsor__c: '003000000000002AAA',
      Former_Sponsors__c: 'Dana Ortiz (until 1 Nov 2026)',
    };
    expect(texts(showCriteria([criterionNode()], replaced), 'signature')[0]).toContain('signer has left');
  });

  it('shows a hidden or missing measurement as a dash, never as zero', async () => {
    const hidden = criterionNode({ Id: '2', Actual__c: undefined, Met__c: undefined });
    const element = showCriteria([criterionNode({ Actual__c: null }), hidden]);
    expect(texts(element, 'actual')).toEqual(['–', '–']);
    await expect(element).toBeAccessible();
  });

  it('is met when the org says so, whatever the pace was', () => {
    expect(texts(showCriteria([criterionNode({ Met__c: true, Pace__c: 'Behind' })]), 'pace')).toEqual([
      'Met',
    ]);
  });

  it.each([
    ['there are none', [], 'No success criteria yet. Add what both sides will measure.'],
    ['they are hidden', null, 'You do not have access to the success criteria.'],
  ])('says that %s', async (_name, criteria, text) => {
    const element = showCriteria(criteria);
    await settle();
    expect(texts(element, 'none')).toEqual([text]);
    await expect(element).toBeAccessible();
  });

  it('writes names as text, never as markup', () => {
    const element = showCriteria([criterionNode({ Name: '<img src=x onerror=alert(1)>' })]);
    expect(element.shadowRoot.querySelector('img')).toBeNull();
    expect(texts(element, 'name')).toEqual(['<img src=x onerror=alert(1)>']);
  });
});
