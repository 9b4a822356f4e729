// A document may be put together of constants:
// https://developer.salesforce.com/docs/platform/lwc/guide/reference-graphql-intro.html (dynamic query construction).

/** Fields of a pilot that the panel and the portfolio ask for: how it stands, why, until when and for how much. */
export const VERDICT_FIELDS = `
  Name @optional {
    value
  }
  Department__c @optional {
    value
  }
  Is_Live__c @optional {
    value
  }
  Health__c @optional {
    value
  }
  Health_Now__c @optional {
    value
  }
  Stalled_Since__c @optional {
    value
  }
  Signals__c @optional {
    value
  }
  Readout_Date__c @optional {
    value
  }
  Decision_Date__c @optional {
    value
  }
  Decided_On__c @optional {
    value
  }
  Annual_Value__c @optional {
    value
  }
  One_Time_Value__c @optional {
    value
  }
  Price_Lock_Ends__c @optional {
    value
  }
  Usage_Complete_To__c @optional {
    value
  }
  Stale_After__c @optional {
    value
  }
  Snoozed_Until__c @optional {
    value
  }
`;
