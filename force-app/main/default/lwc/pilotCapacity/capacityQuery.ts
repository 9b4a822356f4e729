import { gql } from 'lightning/graphql';

export const MANAGER = `Success_Manager__c { value } Success_Manager__r { Name { value } }`;
export const BY_MANAGER = `
  groupBy: { Success_Manager__c: { group: true }, Success_Manager__r: { Name: { group: true } } }
`;

// One request for all of it. The policy is custom metadata, which a page cannot read: the sync leaves its two values
// on the record of each run that came so far; a field that may be hidden neither orders nor filters them, which would fail
// the whole request. Aggregates count nothing that the reader may not read.
// https://developer.salesforce.com/docs/platform/graphql/guide/aggregate-groupby.md
export const CAPACITY = gql`
  query PilotCapacity {
    uiapi {
      query {
        PilotSyncRun__c(first: 200, orderBy: { CreatedDate: { order: DESC } }) {
          edges {
            node {
              Id
              Finished_At__c @optional { value }
              Capacity_Per_Manager__c @optional { value }
              Capacity_Mode__c @optional { value }
            }
          }
        }
      }
      aggregate {
        everManaged: Pilot__c(
          first: 2000
          where: { Success_Manager__r: { IsActive: { eq: true } } }
          ${BY_MANAGER}
        ) {
          pageInfo { hasNextPage }
          edges { node { aggregate { ${MANAGER} } } }
        }
        managed: Pilot__c(
          first: 2000
          where: { Is_Live__c: { eq: true } }
          ${BY_MANAGER}
        ) {
          pageInfo { hasNextPage }
          edges { node { aggregate { Id { count { value } } ${MANAGER} } } }
        }
        engineered: Pilot__c(
          first: 2000
          where: { Is_Live__c: { eq: true } }
          groupBy: { Sales_Engineer__c: { group: true }, Sales_Engineer__r: { Name: { group: true } } }
        ) {
          pageInfo { hasNextPage }
          edges { node { aggregate { Id { count { value } } Sales_Engineer__c { value } Sales_Engineer__r { Name { value } } } } }
        }
        promised: PilotCommitment__c(
          first: 2000
          where: { Party__c: { eq: "Vendor" }, Pilot__r: { Is_Live__c: { eq: true } } }
          groupBy: { Owner_User__c: { group: true }, Owner_User__r: { Name: { group: true } } }
        ) {
          pageInfo { hasNextPage }
          edges {
            node {
              aggregate {
                Hours__c { count { value } sum { value } }
                Hours_Spent__c { count { value } sum { value } }
                Owner_User__c { value }
                Owner_User__r { Name { value } }
              }
            }
          }
        }
      }
    }
  }
`;
