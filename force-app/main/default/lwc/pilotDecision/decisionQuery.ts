import { gql } from 'lightning/graphql';
import { CRITERIA_COUNTS } from 'c/pilotRecord';

// Read when the dialog opens, again after a save to compare, and again before an undo.
export const DECISION_OF_PILOT = gql`
  query PilotDecision($pilotId: ID) {
    uiapi {
      query {
        Pilot__c(first: 1, where: { Id: { eq: $pilotId } }) {
          edges {
            node {
              Id
              LastModifiedDate @optional {
                value
              }
              LastModifiedById @optional {
                value
              }
              Status__c @optional {
                value
              }
              End_Date__c @optional {
                value
              }
              Readout_Date__c @optional {
                value
              }
              Decision_Date__c @optional {
                value
              }
              Extension_Reason__c @optional {
                value
              }
              Outcome__c @optional {
                value
              }
              Outcome_Reason__c @optional {
                value
              }
              Outcome_Notes__c @optional {
                value
              }
              Decided_On__c @optional {
                value
              }
              Holiday_Region__c @optional {
                value
              }
              ${CRITERIA_COUNTS}
              Opportunity__r @optional {
                Id
                LastModifiedDate @optional {
                  value
                }
                LastModifiedById @optional {
                  value
                }
                IsClosed @optional {
                  value
                }
                IsWon @optional {
                  value
                }
                CloseDate @optional {
                  value
                }
                Amount @optional {
                  value
                }
                HasOpportunityLineItem @optional {
                  value
                }
              }
              Conversion_Terms__r(first: 100) @optional {
                edges {
                  node {
                    Id
                    LastModifiedDate @optional {
                      value
                    }
                    LastModifiedById @optional {
                      value
                    }
                    Name @optional {
                      value
                    }
                    Status__c @optional {
                      value
                    }
                    Annual_Amount__c @optional {
                      value
                    }
                    One_Time_Amount__c @optional {
                      value
                    }
                    Price_Valid_To__c @optional {
                      value
                    }
                    Invoked_On__c @optional {
                      value
                    }
                    Trigger__c @optional {
                      value
                    }
                    Approver__c @optional {
                      value
                    }
                    Approver__r @optional {
                      Name @optional {
                        value
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`;
