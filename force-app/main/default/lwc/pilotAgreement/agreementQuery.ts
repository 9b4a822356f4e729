import { gql } from 'lightning/graphql';

// What a customer may read and nothing else, so that nothing else can get onto the paper.
export const AGREEMENT_OF_PILOT = gql`
  query PilotAgreement($pilotId: ID) {
    uiapi {
      query {
        Pilot__c(first: 1, where: { Id: { eq: $pilotId } }) {
          edges {
            node {
              Id
              Name @optional {
                value
              }
              Type__c @optional {
                value
              }
              Department__c @optional {
                value
              }
              Scope__c @optional {
                value
              }
              Planned_Users__c @optional {
                value
              }
              Restriction__c @optional {
                value
              }
              Gated_Features__c @optional {
                value
              }
              Start_Date__c @optional {
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
              Decision_Consequence__c @optional {
                value
              }
              Opportunity__r @optional {
                Account @optional {
                  Name @optional {
                    value
                  }
                }
              }
              Customer_Sponsor__r @optional {
                Name @optional {
                  value
                }
              }
              Customer_Lead__r @optional {
                Name @optional {
                  value
                }
              }
              Vendor_Sponsor__r @optional {
                Name @optional {
                  value
                }
                CompanyName @optional {
                  value
                }
              }
              Success_Manager__r @optional {
                Name @optional {
                  value
                }
              }
              Success_Criteria__r(first: 50, orderBy: { Name: { order: ASC } }) @optional {
                edges {
                  node {
                    Id
                    Name @optional {
                      value
                    }
                    Must_Have__c @optional {
                      value
                    }
                    Direction__c @optional {
                      value
                    }
                    Baseline__c @optional {
                      value
                    }
                    Target__c @optional {
                      value
                    }
                    Unit__c @optional {
                      value
                    }
                    Measured_By__c @optional {
                      value
                    }
                  }
                }
              }
              Commitments__r(first: 50, orderBy: { CreatedDate: { order: ASC } }) @optional {
                edges {
                  node {
                    Id
                    Name @optional {
                      value
                    }
                    Party__c @optional {
                      value
                    }
                    Due_On__c @optional {
                      value
                    }
                  }
                }
              }
              Conversion_Terms__r(first: 50, orderBy: { Name: { order: ASC } }) @optional {
                edges {
                  node {
                    Id
                    Name @optional {
                      value
                    }
                    Kind__c @optional {
                      value
                    }
                    Amount__c @optional {
                      value
                    }
                    Billing__c @optional {
                      value
                    }
                    Status__c @optional {
                      value
                    }
                    Price_Valid_To__c @optional {
                      value
                    }
                    Valid_Days_After_End__c @optional {
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
