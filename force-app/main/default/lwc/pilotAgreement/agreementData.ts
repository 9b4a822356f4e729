// The agreement's facts from the org's answer.
import { isNode, nodesOf, numberOf, parentText, queryNodes, textOf, valueOf } from 'c/pilotNodes';
import type { GraphqlNode } from 'c/pilotNodes';
import type { AgreementCommitment, AgreementFacts, AgreementTerm } from './agreementDocument';

/** Null when the pilot, or one of the lists that the paper stands on, may not be seen: half an agreement is none. */
export function readAgreement(data: unknown): AgreementFacts | null {
  const [node] = queryNodes(data, 'Pilot__c') ?? [];
  if (!node) return null;
  const criteria = nodesOf(node['Success_Criteria__r']);
  const commitments = nodesOf(node['Commitments__r']);
  const terms = nodesOf(node['Conversion_Terms__r']);
  if (!criteria || !commitments || !terms) return null;
  const deal = node['Opportunity__r'];
  return {
    name: textOf(node, 'Name') ?? '',
    customer: isNode(deal) ? parentText(deal, 'Account', 'Name') : null,
    vendor: parentText(node, 'Vendor_Sponsor__r', 'CompanyName'),
    type: textOf(node, 'Type__c'),
    department: textOf(node, 'Department__c'),
    scope: textOf(node, 'Scope__c'),
    users: numberOf(node, 'Planned_Users__c'),
    restriction: textOf(node, 'Restriction__c'),
    gatedFeatures: textOf(node, 'Gated_Features__c'),
    startDate: textOf(node, 'Start_Date__c'),
    endDate: textOf(node, 'End_Date__c'),
    readoutDate: textOf(node, 'Readout_Date__c'),
    decisionDate: textOf(node, 'Decision_Date__c'),
    consequence: textOf(node, 'Decision_Consequence__c'),
    customerSponsor: parentText(node, 'Customer_Sponsor__r', 'Name'),
    customerLead: parentText(node, 'Customer_Lead__r', 'Name'),
    vendorSponsor: parentText(node, 'Vendor_Sponsor__r', 'Name'),
    successManager: parentText(node, 'Success_Manager__r', 'Name'),
    criteria: criteria.map((one) => ({
      name: textOf(one, 'Name') ?? '',
      isMustHave: valueOf(one, 'Must_Have__c') === true,
      isAtMost: textOf(one, 'Direction__c') === 'At most',
      baseline: numberOf(one, 'Baseline__c'),
      target: numberOf(one, 'Target__c'),
      unit: textOf(one, 'Unit__c'),
      measuredBy: textOf(one, 'Measured_By__c'),
    })),
    commitments: commitments.map(readCommitment).sort(byDueDay),
    terms: terms.filter((one) => textOf(one, 'Status__c') !== 'Withdrawn').map(readTerm),
  };
}

function readCommitment(node: GraphqlNode): AgreementCommitment {
  return {
    name: textOf(node, 'Name') ?? '',
    isOurs: textOf(node, 'Party__c') === 'Vendor',
    dueOn: textOf(node, 'Due_On__c'),
  };
}

function byDueDay(one: AgreementCommitment, other: AgreementCommitment): number {
  return (one.dueOn ?? '9999-12-31').localeCompare(other.dueOn ?? '9999-12-31');
}

function readTerm(node: GraphqlNode): AgreementTerm {
  return {
    name: textOf(node, 'Name') ?? '',
    amount: numberOf(node, 'Amount__c'),
    billing: textOf(node, 'Billing__c'),
    isDiscount: textOf(node, 'Kind__c') === 'Discount',
    validTo: textOf(node, 'Price_Valid_To__c'),
    validDaysAfterEnd: numberOf(node, 'Valid_Days_After_End__c'),
  };
}
