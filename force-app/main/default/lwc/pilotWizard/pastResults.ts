// Results of the decided pilots that were planned last with the same template, for the hints at its targets.
import { gql } from 'lightning/graphql';
import { nodesOf, numberOf, queryNodes, textOf } from 'c/pilotNodes';
import type { PastResult } from './targetHints';

export const PAST_RESULTS = gql`
  query PilotWizardPast($where: Pilot__c_Filter) {
    uiapi {
      query {
        Pilot__c(first: 20, where: $where, orderBy: { CreatedDate: { order: DESC } }) {
          edges {
            node {
              Id
              Template_Name__c @optional {
                value
              }
              Licensed_Users__c @optional {
                value
              }
              Success_Criteria__r(first: 50) @optional {
                edges {
                  node {
                    Id
                    Name @optional {
                      value
                    }
                    Kind__c @optional {
                      value
                    }
                    Metric__c @optional {
                      value
                    }
                    Window__c @optional {
                      value
                    }
                    Direction__c @optional {
                      value
                    }
                    Unit__c @optional {
                      value
                    }
                    Actual__c @optional {
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

/** Variables of `PAST_RESULTS`: decided pilots of this template. */
export function pastOf(template: string): Record<string, unknown> {
  return { where: { and: [{ Template_Name__c: { eq: template } }, { Converted__c: { gte: 0 } }] } };
}

export function readPastResults(data: unknown): PastResult[] {
  return (queryNodes(data, 'Pilot__c') ?? []).flatMap((pilot) =>
    (nodesOf(pilot['Success_Criteria__r']) ?? []).flatMap((node): PastResult[] => {
      const actual = numberOf(node, 'Actual__c');
      if (actual === null) return [];
      return [
        {
          template: textOf(pilot, 'Template_Name__c'),
          licensedUsers: numberOf(pilot, 'Licensed_Users__c'),
          name: textOf(node, 'Name'),
          kind: textOf(node, 'Kind__c'),
          metric: textOf(node, 'Metric__c'),
          window: textOf(node, 'Window__c'),
          direction: textOf(node, 'Direction__c'),
          unit: textOf(node, 'Unit__c'),
          actual,
        },
      ];
    }),
  );
}
