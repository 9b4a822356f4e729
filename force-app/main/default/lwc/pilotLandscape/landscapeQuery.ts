import { gql } from 'lightning/graphql';
import { STATE_FIELDS, VERDICT_FIELDS } from 'c/pilotRecord';

// One request. Every field is @optional: a hidden one is left out instead of failing the page. Nothing is ordered by
// a field that an admin may hide, for that would. The long texts about spread are asked of ten pilots, those that the sync
// wrote last.
export const LANDSCAPE = gql`
  query PilotLandscape($accountId: ID) {
    uiapi {
      query {
        Pilot__c(
          first: 200
          where: { Opportunity__r: { AccountId: { eq: $accountId } } }
          orderBy: { CreatedDate: { order: DESC }, Id: { order: ASC } }
        ) {
          totalCount
          edges {
            node {
              Id
              Opportunity__c @optional {
                value
              }
              Opportunity__r @optional {
                IsWon @optional {
                  value
                }
                IsClosed @optional {
                  value
                }
                CloseDate @optional {
                  value
                }
              }
              ${VERDICT_FIELDS}
              ${STATE_FIELDS}
              Rival_Tool__c @optional {
                value
              }
              Restriction__c @optional {
                value
              }
              Usage_Source__c @optional {
                value
              }
              Start_Date__c @optional {
                value
              }
              Planned_Users__c @optional {
                value
              }
              Licensed_Users__c @optional {
                value
              }
              Planned_Departments__c @optional {
                value
              }
              Active_Users_7d__c @optional {
                value
              }
              Active_Departments__c @optional {
                value
              }
              Adoption_Stage__c @optional {
                value
                label
              }
            }
          }
        }
        networks: Pilot__c(
          first: 10
          where: { Opportunity__r: { AccountId: { eq: $accountId } } }
          orderBy: { LastModifiedDate: { order: DESC }, Id: { order: ASC } }
        ) {
          edges {
            node {
              Id
              Network__c @optional {
                value
              }
            }
          }
        }
        Opportunity(
          first: 50
          where: { AccountId: { eq: $accountId }, IsWon: { eq: true } }
          orderBy: { CloseDate: { order: DESC } }
        ) @optional {
          edges {
            node {
              Id
              Name @optional {
                value
              }
              Amount @optional {
                value
              }
              CloseDate @optional {
                value
              }
            }
          }
        }
      }
    }
  }
`;
