import { gql } from 'lightning/graphql';

// Issues keep living without their pilot, so they are removed before it.
export const SAMPLE_ROWS = gql`
  query PilotSample($mark: String) {
    uiapi {
      query {
        Account(first: 200, where: { AccountNumber: { eq: $mark } }) {
          edges {
            node {
              Id
              Opportunities(first: 50) @optional {
                edges {
                  node {
                    Id
                    Name @optional {
                      value
                    }
                    Description @optional {
                      value
                    }
                  }
                }
              }
              Contacts(first: 50) @optional {
                edges {
                  node {
                    Id
                    Name @optional {
                      value
                    }
                    Description @optional {
                      value
                    }
                  }
                }
              }
            }
          }
        }
        PilotSyncIssue__c(
          first: 2000
          where: { Pilot__r: { Opportunity__r: { Account: { AccountNumber: { eq: $mark } } } } }
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
