// A page of the portfolio's answer, for its tests.
import { pilotNode } from '../../pilotRecord/__tests__/pilotAnswer';

type Values = Readonly<Record<string, unknown>>;

/** A node of the stalled pilot with its deal and people, and other values where given. */
export function listedNode(values: Values = {}): Values {
  return pilotNode({
    Opportunity__c: '006000000000001AAA',
    Opportunity__r: { CloseDate: '2026-12-20', Account: { Name: 'Acme' } },
    Decided_On__c: null,
    Success_Manager__c: '005000000000001AAA',
    Success_Manager__r: { Name: 'Sam Lee' },
    Sales_Engineer__c: null,
    ...values,
  });
}

/** `data` of the wire: one page of `totalCount` pilots; `next` is the cursor for the following one. */
export function pageAnswer(
  nodes: readonly Values[],
  totalCount = nodes.length,
  next: string | null = null,
): Values {
  const pageInfo = { endCursor: next ?? 'last', hasNextPage: next !== null };
  return {
    uiapi: { query: { Pilot__c: { totalCount, pageInfo, edges: nodes.map((node) => ({ node })) } } },
  };
}

/** An id of the pilot with this number. */
export function pilotId(number: number): string {
  return `a01${String(number).padStart(12, '0')}AAA`;
}
