import { gql } from 'lightning/graphql';

// What `npx pilot check` and the sync left in the org, and the templates. Every field is @optional: a hidden one
// is left out instead of failing the page.
export const SETUP = gql`
  query PilotSetup {
    uiapi {
      query {
        PilotSyncIssue__c(
          first: 200
          where: { Kind__c: { eq: "Setup" } }
          orderBy: { LastModifiedDate: { order: DESC } }
        ) {
          edges {
            node {
              Id
              Code__c @optional {
                value
              }
              Source__c @optional {
                value
              }
              Message__c @optional {
                value
              }
              Fix__c @optional {
                value
              }
              Link__c @optional {
                value
              }
              Last_Seen__c @optional {
                value
              }
              Resolved_On__c @optional {
                value
              }
            }
          }
        }
        PilotSyncRun__c(first: 1, orderBy: { CreatedDate: { order: DESC } }) {
          edges {
            node {
              Id
              Outcome__c @optional {
                value
                label
              }
              Started_At__c @optional {
                value
              }
              Pilots_Read__c @optional {
                value
              }
              Failed__c @optional {
                value
              }
              Message__c @optional {
                value
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
            }
          }
        }
      }
    }
  }
`;
