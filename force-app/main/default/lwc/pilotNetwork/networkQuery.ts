import { gql } from 'lightning/graphql';

// Every field is @optional: a hidden one is left out instead of failing the page.
export const NETWORK_OF_PILOT = gql`
  query NetworkOfPilot($pilotId: ID) {
    uiapi {
      query {
        Pilot__c(first: 1, where: { Id: { eq: $pilotId } }) {
          edges {
            node {
              Id
              Network__c @optional {
                value
              }
              Restriction__c @optional {
                value
              }
              Gated_Features__c @optional {
                value
              }
              Usage_Complete_To__c @optional {
                value
              }
            }
          }
        }
      }
    }
  }
`;

/** Names of the champions that the sync matched; asked only where there are any. */
export const CHAMPIONS_BY_ID = gql`
  query ChampionsById($contactIds: [ID]) {
    uiapi {
      query {
        Contact(first: 5, where: { Id: { in: $contactIds } }) {
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
