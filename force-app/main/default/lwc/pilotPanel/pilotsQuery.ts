import { gql } from 'lightning/graphql';
import { CRITERIA_COUNTS, STATE_FIELDS, VERDICT_FIELDS } from 'c/pilotRecord';

// Every field is @optional: one that the reader may not see is left out instead of failing the whole page. Ordering by such
// a field would fail it too, so lists come by the day they were made, which nobody can hide, and are sorted here.
// One level of children is what the adapter supports, so the deal's pilots are asked for by their deal.
// https://developer.salesforce.com/docs/platform/lwc/guide/reference-graphql-relationships.html
// What the reader may do comes with it, so that no button is offered that the org would refuse.
// That page spells the object's own right to create "creatable", the UI API "createable"; a wrong guess would fail the whole
// page, so it is read from the fields: https://developer.salesforce.com/docs/platform/graphql/guide/query-objectinfo.html
export const PILOTS_OF_DEAL = gql`
  query PilotsOfDeal($dealId: ID) {
    uiapi {
      objectInfos(apiNames: ["Pilot__c"]) {
        ApiName
        updateable
        fields {
          createable
        }
      }
      query {
        Pilot__c(
          first: 50
          where: { Opportunity__c: { eq: $dealId } }
          orderBy: { CreatedDate: { order: DESC } }
        ) {
          edges {
            node {
              Id
              ${VERDICT_FIELDS}
              LastModifiedDate @optional {
                value
              }
              Opportunity__r @optional {
                AccountId @optional {
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
                Account @optional {
                  Name @optional {
                    value
                  }
                }
              }
              ${STATE_FIELDS}
              Usage_Source__c @optional {
                value
              }
              To_Tidy__c @optional {
                value
              }
              Start_Date__c @optional {
                value
              }
              End_Date__c @optional {
                value
              }
              Original_End_Date__c @optional {
                value
              }
              Next_Check_In__c @optional {
                value
              }
              Planned_Users__c @optional {
                value
              }
              Licensed_Users__c @optional {
                value
              }
              Active_Users_7d__c @optional {
                value
              }
              Restriction__c @optional {
                value
              }
              Planned_Departments__c @optional {
                value
              }
              Active_Departments__c @optional {
                value
              }
              Adoption_Stage__c @optional {
                value
                label
              }
              ${CRITERIA_COUNTS}
              Synced_At__c @optional {
                value
              }
              Snooze_Reason__c @optional {
                value
              }
              Customer_Sponsor__c @optional {
                value
              }
              Customer_Sponsor__r @optional {
                Name @optional {
                  value
                }
              }
              Sponsor_Left_On__c @optional {
                value
              }
              Former_Sponsors__c @optional {
                value
              }
              Criteria_Signed_On__c @optional {
                value
              }
              Signed_By_Customer__c @optional {
                value
              }
              Signed_By_Customer__r @optional {
                Name @optional {
                  value
                }
              }
              Signed_By_Vendor__c @optional {
                value
              }
              Signed_By_Vendor__r @optional {
                Name @optional {
                  value
                }
              }
              Success_Criteria__r(first: 100, orderBy: { Name: { order: ASC } }) @optional {
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
                    Must_Have__c @optional {
                      value
                    }
                    Direction__c @optional {
                      value
                    }
                    Metric__c @optional {
                      value
                    }
                    Unit__c @optional {
                      value
                    }
                    Baseline__c @optional {
                      value
                    }
                    Target__c @optional {
                      value
                    }
                    Actual__c @optional {
                      value
                    }
                    Projected__c @optional {
                      value
                    }
                    Measured_On__c @optional {
                      value
                    }
                    Met__c @optional {
                      value
                    }
                    Pace__c @optional {
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
