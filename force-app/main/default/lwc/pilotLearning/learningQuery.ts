import { gql } from 'lightning/graphql';

/** As many as one request may answer together with `upperBound`: what was planned long ago matters least. */
export const MOST_PILOTS = 2_000;

// https://developer.salesforce.com/docs/platform/graphql/guide/paginate-use-upperbound.html
// Every field is @optional: a hidden one is left out instead of failing the page, as ordering by it would.
export const ENDED_PILOTS = gql`
  query PilotLearning($first: Int, $upperBound: Int) {
    uiapi {
      query {
        Pilot__c(
          first: $first
          upperBound: $upperBound
          where: { Status__c: { eq: "Closed" } }
          orderBy: { CreatedDate: { order: DESC }, Id: { order: DESC } }
        ) {
          totalCount
          edges {
            node {
              Id
              Outcome__c @optional {
                value
                label
              }
              Converted__c @optional {
                value
              }
              Structured_At_Start__c @optional {
                value
              }
              Type__c @optional {
                value
                label
              }
              Template_Name__c @optional {
                value
              }
              Purpose__c @optional {
                value
                label
              }
              Commitment_Level__c @optional {
                value
                label
              }
              Extension_Count__c @optional {
                value
              }
              Amendments__c @optional {
                value
              }
              Days_To_First_Value__c @optional {
                value
              }
              Active_Departments__c @optional {
                value
              }
              Signals__c @optional {
                value
              }
            }
          }
        }
      }
    }
  }
`;
