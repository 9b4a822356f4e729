import { gql } from 'lightning/graphql';
import { PEOPLE_OF_ACCOUNT, USAGE_KEYS } from 'c/pilotRecord';

// The long texts and the lists of one pilot, with the people to choose from; every field is @optional for the same
// reason as in the first query. Of check-ins the last 20.
export const DETAILS_OF_PILOT = gql`
  query DetailsOfPilot($pilotId: ID, $accountId: ID) {
    uiapi {
      query {
        Pilot__c(first: 1, where: { Id: { eq: $pilotId } }) {
          edges {
            node {
              Id
              Usage_Series__c @optional {
                value
              }
              Health_Log__c @optional {
                value
              }
              Closed_Days__c @optional {
                value
              }
              Holiday_Region__c @optional {
                value
              }
              Amendments__c @optional {
                value
              }
              Check_Ins__r(first: 20, orderBy: { CreatedDate: { order: DESC } }) @optional {
                edges {
                  node {
                    Id
                    Held_On__c @optional {
                      value
                    }
                    Sentiment__c @optional {
                      value
                    }
                    Sponsor_Attended__c @optional {
                      value
                    }
                    Metrics__c @optional {
                      value
                    }
                    Issues__c @optional {
                      value
                    }
                    Next_Week__c @optional {
                      value
                    }
                  }
                }
              }
              Commitments__r(first: 100, orderBy: { CreatedDate: { order: ASC } }) @optional {
                edges {
                  node {
                    Id
                    Name @optional {
                      value
                    }
                    LastModifiedDate @optional {
                      value
                    }
                    Party__c @optional {
                      value
                    }
                    Owner_User__c @optional {
                      value
                    }
                    Owner_User__r @optional {
                      Name @optional {
                        value
                      }
                    }
                    Owner_Contact__c @optional {
                      value
                    }
                    Owner_Contact__r @optional {
                      Name @optional {
                        value
                      }
                    }
                    Due_On__c @optional {
                      value
                    }
                    Done_On__c @optional {
                      value
                    }
                    Done__c @optional {
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
                    LastModifiedDate @optional {
                      value
                    }
                    Kind__c @optional {
                      value
                      label
                    }
                    Amount__c @optional {
                      value
                    }
                    Billing__c @optional {
                      value
                    }
                    Status__c @optional {
                      value
                      label
                    }
                    Trigger__c @optional {
                      value
                    }
                    Agreed_On__c @optional {
                      value
                    }
                    Invoked_On__c @optional {
                      value
                    }
                    Price_Valid_To__c @optional {
                      value
                    }
                  }
                }
              }
              ${USAGE_KEYS}
            }
          }
        }
        ${PEOPLE_OF_ACCOUNT}
      }
    }
  }
`;
