// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunity.htm
// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunitystage.htm
// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunitycontactrole.htm
import type { ObjectModel } from '../model.ts';
import { auditFields, ownerUser } from '../system-fields.ts';
import {
  checkbox,
  currency,
  date,
  lookup,
  number,
  percent,
  picklist,
  READ_ONLY,
  REQUIRED,
  standardObject,
  text,
  textArea,
} from './standard-field.ts';

/** A row of OpportunityStage in a new org; saving an opportunity copies these onto it. */
export interface OpportunityStage {
  readonly label: string;
  readonly probability: number;
  readonly isClosed: boolean;
  readonly isWon: boolean;
  readonly forecastCategory: 'Pipeline' | 'BestCase' | 'Forecast' | 'Closed' | 'Omitted';
  readonly forecastCategoryName: 'Pipeline' | 'Best Case' | 'Commit' | 'Closed' | 'Omitted';
}

const open = (label: string, probability: number): OpportunityStage => ({
  label,
  probability,
  isClosed: false,
  isWon: false,
  forecastCategory: 'Pipeline',
  forecastCategoryName: 'Pipeline',
});

// The stages a new org starts with. https://help.salesforce.com/s/articleView?id=sales.opp_stages.htm
export const OPPORTUNITY_STAGES: readonly OpportunityStage[] = [
  open('Prospecting', 10),
  open('Qualification', 10),
  open('Needs Analysis', 20),
  open('Value Proposition', 50),
  open('Id. Decision Makers', 60),
  open('Perception Analysis', 70),
  open('Proposal/Price Quote', 75),
  open('Negotiation/Review', 90),
  {
    label: 'Closed Won',
    probability: 100,
    isClosed: true,
    isWon: true,
    forecastCategory: 'Closed',
    forecastCategoryName: 'Closed',
  },
  {
    label: 'Closed Lost',
    probability: 0,
    isClosed: true,
    isWon: false,
    forecastCategory: 'Omitted',
    forecastCategoryName: 'Omitted',
  },
];

const FORECAST_NAMES = ['Omitted', 'Pipeline', 'Best Case', 'Commit', 'Closed'];
const FORECAST_CODES = ['Omitted', 'Pipeline', 'BestCase', 'Forecast', 'Closed'];
const TYPES = [
  'Existing Customer - Upgrade',
  'Existing Customer - Replacement',
  'Existing Customer - Downgrade',
  'New Customer',
];
const LEAD_SOURCES = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];
const CONTACT_ROLES = [
  'Business User',
  'Decision Maker',
  'Economic Buyer',
  'Economic Decision Maker',
  'Evaluator',
  'Executive Sponsor',
  'Influencer',
  'Technical Buyer',
  'Other',
];

export function opportunity(): ObjectModel {
  return standardObject('Opportunity', ['Opportunity', 'Opportunities'], '006', 'ReadWrite', [
    ...auditFields(),
    ownerUser(),
    lookup('AccountId', 'Account ID', ['Account'], 'Opportunities', { onDelete: 'Cascade' }),
    text('Name', 'Name', 120, REQUIRED),
    textArea('Description', 'Description', 32000),
    picklist(
      'StageName',
      'Stage',
      OPPORTUNITY_STAGES.map((stage) => stage.label),
      REQUIRED,
    ),
    currency('Amount', 'Amount'),
    percent('Probability', 'Probability (%)', 3, 0),
    currency('ExpectedRevenue', 'Expected Amount', READ_ONLY),
    number('TotalOpportunityQuantity', 'Quantity', 18, 2),
    date('CloseDate', 'Close Date', REQUIRED),
    picklist('Type', 'Opportunity Type', TYPES),
    text('NextStep', 'Next Step', 255),
    picklist('LeadSource', 'Lead Source', LEAD_SOURCES),
    checkbox('IsClosed', 'Closed', READ_ONLY),
    checkbox('IsWon', 'Won', READ_ONLY),
    picklist('ForecastCategory', 'Forecast Category', FORECAST_CODES, { isRestricted: true, ...READ_ONLY }),
    picklist('ForecastCategoryName', 'Forecast Category', FORECAST_NAMES, { isRestricted: true }),
    checkbox('HasOpportunityLineItem', 'Has Line Item', READ_ONLY),
    lookup('Pricebook2Id', 'Price Book ID', ['Pricebook2'], null),
    date('LastActivityDate', 'Last Activity', READ_ONLY),
  ]);
}

export function opportunityStage(): ObjectModel {
  return standardObject('OpportunityStage', ['Opportunity Stage', 'Opportunity Stage'], '01J', 'Read', [
    ...auditFields().filter((field) => field.name !== 'IsDeleted'),
    text('MasterLabel', 'Master Label', 255, READ_ONLY),
    text('ApiName', 'API Name', 255, READ_ONLY),
    checkbox('IsActive', 'Is Active', READ_ONLY),
    number('SortOrder', 'Sort Order', 9, 0, READ_ONLY),
    checkbox('IsClosed', 'Closed', READ_ONLY),
    checkbox('IsWon', 'Won', READ_ONLY),
    picklist('ForecastCategory', 'Forecast Category', FORECAST_CODES, READ_ONLY),
    picklist('ForecastCategoryName', 'Forecast Category Name', FORECAST_NAMES, READ_ONLY),
    percent('DefaultProbability', 'Probability (%)', 3, 0, READ_ONLY),
    text('Description', 'Description', 255, READ_ONLY),
  ]);
}

export function opportunityContactRole(): ObjectModel {
  return standardObject(
    'OpportunityContactRole',
    ['Opportunity Contact Role', 'Opportunity Contact Role'],
    '00K',
    'ControlledByParent',
    [
      ...auditFields(),
      lookup('OpportunityId', 'Opportunity ID', ['Opportunity'], 'OpportunityContactRoles', {
        onDelete: 'Cascade',
        isUpdateable: false,
        ...REQUIRED,
      }),
      lookup('ContactId', 'Contact ID', ['Contact'], 'OpportunityContactRoles', {
        onDelete: 'Cascade',
        ...REQUIRED,
      }),
      picklist('Role', 'Role', CONTACT_ROLES),
      checkbox('IsPrimary', 'Primary'),
    ],
  );
}
