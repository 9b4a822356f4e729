// What several documents ask for. A document may be put together of constants:
// https://developer.salesforce.com/docs/platform/lwc/guide/reference-graphql-intro.html (dynamic query construction).

/** How a pilot stands, why, until when and for how much. */
export const VERDICT_FIELDS = `
  Name @optional { value }
  Department__c @optional { value }
  Is_Live__c @optional { value }
  Health__c @optional { value }
  Health_Now__c @optional { value }
  Stalled_Since__c @optional { value }
  Signals__c @optional { value }
  Readout_Date__c @optional { value }
  Decision_Date__c @optional { value }
  Decided_On__c @optional { value }
  Annual_Value__c @optional { value }
  One_Time_Value__c @optional { value }
  Price_Lock_Ends__c @optional { value }
  Usage_Complete_To__c @optional { value }
  Stale_After__c @optional { value }
  Snoozed_Until__c @optional { value }
`;

/** What kind of pilot it is and where in its life, in the reader's words too. */
export const STATE_FIELDS = `
  Type__c @optional { value label }
  Status__c @optional { value label }
  Outcome__c @optional { value label }
`;

/** How many criteria there are and are met, as the org counts them. */
export const CRITERIA_COUNTS = `
  Criteria__c @optional { value }
  Criteria_Met__c @optional { value }
  Must_Haves__c @optional { value }
  Must_Haves_Met__c @optional { value }
`;

/** Workspaces linked to a pilot. */
export const USAGE_KEYS = `
  Usage_Keys__r(first: 50) @optional {
    edges { node { Id Source__c @optional { value } Key__c @optional { value } } }
  }
`;

/** People of the account `$accountId`. */
export const PEOPLE_OF_ACCOUNT = `
  Contact(first: 200, where: { AccountId: { eq: $accountId } }, orderBy: { Name: { order: ASC } }) @optional {
    edges { node { Id Name @optional { value } Title @optional { value } } }
  }
`;
