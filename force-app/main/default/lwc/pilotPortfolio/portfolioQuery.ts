import { gql } from 'lightning/graphql';

/** Rows that can be reached: without `upperBound` Salesforce stops at 4,000; it stays the same for all pages. */
export const UPPER_BOUND = 20_000;
/** The least and the most that a page may hold together with `upperBound`. */
export const FIRST_PAGE = 200;
export const NEXT_PAGE = 2_000;

// https://developer.salesforce.com/docs/platform/graphql/guide/paginate-use-upperbound.html
// The order ends with the Id, so that no row is on two pages. Every field is @optional: a hidden one is left out
// instead of failing the page.
export const PORTFOLIO = gql`
  query PilotPortfolio($where: Pilot__c_Filter, $first: Int, $after: String, $upperBound: Int) {
    uiapi {
      query {
        Pilot__c(
          first: $first
          after: $after
          upperBound: $upperBound
          where: $where
          orderBy: {
            Stalled__c: { order: DESC }
            Decision_Date__c: { order: ASC, nulls: LAST }
            Id: { order: ASC }
          }
        ) {
          totalCount
          pageInfo {
            endCursor
            hasNextPage
          }
          edges {
            node {
              Id
              Name @optional {
                value
              }
              Opportunity__c @optional {
                value
              }
              Opportunity__r @optional {
                CloseDate @optional {
                  value
                }
                Account @optional {
                  Name @optional {
                    value
                  }
                }
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
              Success_Manager__c @optional {
                value
              }
              Success_Manager__r @optional {
                Name @optional {
                  value
                }
              }
              Sales_Engineer__c @optional {
                value
              }
              Sales_Engineer__r @optional {
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
`;
