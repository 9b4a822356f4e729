import { gql } from 'lightning/graphql';

/** What the case is computed from, and nothing that is only ours. */
export const CASE_OF_PILOT = gql`
  query PilotBusinessCase($pilotId: ID) {
    uiapi {
      query {
        Pilot__c(first: 1, where: { Id: { eq: $pilotId } }) {
          edges {
            node {
              Id
              Name @optional {
                value
              }
              LastModifiedDate @optional {
                value
              }
              Planned_Users__c @optional {
                value
              }
              Licensed_Users__c @optional {
                value
              }
              Enterprise_Users__c @optional {
                value
              }
              Hours_Saved_Per_User_Week__c @optional {
                value
              }
              Loaded_Hourly_Cost__c @optional {
                value
              }
              Weeks_Per_Year__c @optional {
                value
              }
              Enterprise_Hours__c @optional {
                value
              }
              Enterprise_Value__c @optional {
                value
              }
              Return_On_Investment__c @optional {
                value
              }
              Payback_Months__c @optional {
                value
              }
              Annual_Value__c @optional {
                value
              }
              One_Time_Value__c @optional {
                value
              }
              Access_Ends_On__c @optional {
                value
              }
              Active_Users_7d__c @optional {
                value
              }
              Active_Departments__c @optional {
                value
              }
              Usage_Complete_To__c @optional {
                value
              }
              Success_Criteria__r(first: 50, orderBy: { Name: { order: ASC } }) @optional {
                edges {
                  node {
                    Id
                    Name @optional {
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
                    Metric__c @optional {
                      value
                    }
                    Window__c @optional {
                      value
                    }
                    Unit__c @optional {
                      value
                    }
                    Actual__c @optional {
                      value
                    }
                    Measured_On__c @optional {
                      value
                    }
                  }
                }
              }
              Usage__r(first: 60, orderBy: { CreatedDate: { order: DESC } }) @optional {
                edges {
                  node {
                    Id
                    Metrics__c @optional {
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
