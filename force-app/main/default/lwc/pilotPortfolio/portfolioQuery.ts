import { gql } from 'lightning/graphql';
import { VERDICT_FIELDS } from 'c/pilotRecord';

/** Rows that can be reached: without `upperBound` Salesforce stops at 4,000; it stays the same for all pages. */
export const UPPER_BOUND = 20_000;
/** The least and the most that a page may hold together with `upperBound`. */
export const FIRST_PAGE = 200;
export const NEXT_PAGE = 2_000;

// https://developer.salesforce.com/docs/platform/graphql/guide/paginate-use-upperbound.html
// The order ends with the Id, so that no row is on two pages, and asks for nothing that can be hidden: that would fail the
// page, as it would without @optional. The list is sorted here.
export const PORTFOLIO = gql`
  query PilotPortfolio($where: Pilot__c_Filter, $first: Int, $after: String, $upperBound: Int) {
    uiapi {
      query {
        Pilot__c(
          first: $first
          after: $after
          upperBound: $upperBound
          where: $where
          orderBy: { CreatedDate: { order: DESC }, Id: { order: ASC } }
        ) {
          totalCount
          pageInfo {
            endCursor
            hasNextPage
          }
          edges {
            node {
              Id
              ${VERDICT_FIELDS}
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
