import { REQUEST_REASONS, outcomeReason, refusalsOf, replyTo } from 'c/pilotNo';
import { LABELS } from 'c/pilotLabels';

const YES = { budget: 'yes', decisionMaker: 'yes', driver: 'yes', failure: 'yes' } as const;
const say = (label: string): string => (LABELS as Record<string, string>)[label] ?? `no label ${label}`;

describe('refusalsOf', () => {
  it.each([
    ['nothing speaks against it', YES, [], true, [], 'Other'],
    ['a plain no', { ...YES, driver: 'no' }, [], true, ['driver'], 'No business driver'],
    [
      'a no before what is only not there yet, whatever the order of the questions',
      { ...YES, budget: 'not-yet', failure: 'no' },
      [],
      true,
      ['failure', 'budget'],
      'No failure criteria',
    ],
    [
      'doubts count as a no',
      { ...YES, budget: 'no' },
      ['Poor fit', 'Earlier pilots did not convert'],
      true,
      ['fit', 'budget', 'earlier'],
      'Poor fit',
    ],
    ['a doubt that an admin added is not guessed', YES, ['Too far away'], true, [], 'Other'],
    ['nobody is free', YES, [], false, ['resources'], 'Resources missing'],
  ] as const)('%s', (_name, answers, doubts, hasResources, refusals, reason) => {
    const found = refusalsOf(answers, doubts, hasResources);
    expect(found).toEqual(refusals);
    expect(outcomeReason(found)).toBe(reason);
  });
});

describe('replyTo', () => {
  it('thanks, gives each reason with a next step, and leaves the door open', () => {
    const paragraphs = replyTo('declined', ['budget', 'driver'], say).split('\n\n');
    expect(paragraphs).toHaveLength(4);
    expect(paragraphs[0]).toMatch(/^Thank you/);
    expect(paragraphs.slice(1, 3).every((one) => /^– .*Next step: /.test(one))).toBe(true);
    expect(paragraphs[3]).toMatch(/\?$/);
  });

  it.each(['declined', 'fix', 'not_needed'] as const)('has words for every reason of %s', (kind) => {
    const all = [
      ...['fit', 'consulting', 'budget', 'decisionMaker', 'driver', 'failure', 'rival', 'earlier'],
      ...['resources', 'convinced', 'references', 'trial'],
    ] as Parameters<typeof replyTo>[1];
    const text = replyTo(kind, all, say);
    expect(text).not.toContain('no label');
    expect(text.match(/Next step: /g)).toHaveLength(all.length);
  });
});

it('reasons of requests leave out those that a pilot which was run may have too', () => {
  expect(REQUEST_REASONS).toContain('Already convinced');
  expect(REQUEST_REASONS).not.toContain('No budget');
});
