import { gql } from 'lightning/graphql';
import { PEOPLE_OF_ACCOUNT, USAGE_KEYS } from 'c/pilotRecord';

// Two questions, because the second needs the account and owner that the first answers. Every field is
// @optional: what the reader may not see is left out instead of failing the dialog.
export const DEAL_AND_TEMPLATES = gql`
  query PilotWizardDeal($dealId: ID) {
    uiapi {
      query {
        Opportunity(first: 1, where: { Id: { eq: $dealId } }) {
          edges {
            node {
              Id
              Name @optional {
                value
              }
              AccountId @optional {
                value
              }
              OwnerId @optional {
                value
              }
              Account @optional {
                Name @optional {
                  value
                }
                BillingCountry @optional {
                  value
                }
              }
            }
          }
        }
        PilotTemplate__c(first: 200, orderBy: { Name: { order: ASC } }) {
          edges {
            node {
              Id
              Name @optional {
                value
              }
              Active__c @optional {
                value
              }
              Description__c @optional {
                value
              }
              Type__c @optional {
                value
                label
              }
              Purpose__c @optional {
                value
              }
              Weeks__c @optional {
                value
              }
              Commitment_Level__c @optional {
                value
              }
              Restriction__c @optional {
                value
              }
              Check_In_Days__c @optional {
                value
              }
              Items__r(first: 50, orderBy: { CreatedDate: { order: ASC } }) @optional {
                edges {
                  node {
                    Id
                    Sort__c @optional {
                      value
                    }
                    Name @optional {
                      value
                    }
                    Item__c @optional {
                      value
                    }
                    Kind__c @optional {
                      value
                    }
                    Must_Have__c @optional {
                      value
                    }
                    Direction__c @optional {
                      value
                    }
                    Target__c @optional {
                      value
                    }
                    Unit__c @optional {
                      value
                    }
                    Metric__c @optional {
                      value
                    }
                    Window__c @optional {
                      value
                    }
                    Party__c @optional {
                      value
                    }
                    Due_Day__c @optional {
                      value
                    }
                    Amount__c @optional {
                      value
                    }
                    Billing__c @optional {
                      value
                    }
                    Months__c @optional {
                      value
                    }
                    Days__c @optional {
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
`;

export const PEOPLE_AND_PILOTS = gql`
  query PilotWizardAccount($accountId: ID, $ownerId: ID) {
    uiapi {
      query {
        ${PEOPLE_OF_ACCOUNT}
        earlier: Pilot__c(
          first: 200
          where: { Opportunity__r: { AccountId: { eq: $accountId } } }
          orderBy: { CreatedDate: { order: DESC } }
        ) {
          edges {
            node {
              Id
              Name @optional {
                value
              }
              Opportunity__c @optional {
                value
              }
              Status__c @optional {
                value
              }
              Outcome__c @optional {
                value
                label
              }
              Outcome_Reason__c @optional {
                value
                label
              }
              Decided_On__c @optional {
                value
              }
              ${USAGE_KEYS}
            }
          }
        }
        unlinked: Pilot__c(
          first: 10
          where: {
            Opportunity__r: { AccountId: { eq: $accountId } }
            Status__c: { in: ["Qualified", "Active", "In Review"] }
          }
          orderBy: { CreatedDate: { order: DESC } }
        ) {
          edges {
            node {
              Id
              Signals__c @optional {
                value
              }
            }
          }
        }
        live: Pilot__c(
          first: 50
          where: {
            Status__c: { in: ["Active", "In Review"] }
            Opportunity__r: { OwnerId: { eq: $ownerId }, IsClosed: { eq: false } }
          }
        ) {
          edges {
            node {
              Id
            }
          }
        }
      }
    }
  }
`;
