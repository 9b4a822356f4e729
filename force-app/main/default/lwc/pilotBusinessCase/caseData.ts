// The facts of the case from the org's answer.
import { nodesOf, numberOf, queryNodes, textOf, valueOf } from 'c/pilotNodes';
import type { GraphqlNode } from 'c/pilotNodes';
import { hoursMeasurement } from './businessCase';
import type { CaseCriterion, CaseFacts } from './businessCase';
import type { AccessFacts } from './caseDocument';

export interface LoadedCase {
  readonly name: string;
  readonly lastModified: string | null;
  readonly facts: CaseFacts;
  readonly access: AccessFacts;
}

/** Null when the pilot, or a list that the case stands on, may not be seen: "not measured" would be untrue. */
export function readCase(data: unknown): LoadedCase | null {
  const [node] = queryNodes(data, 'Pilot__c') ?? [];
  const criteria = node && nodesOf(node['Success_Criteria__r']);
  const weeks = node && nodesOf(node['Usage__r']);
  if (!node || !criteria || !weeks) return null;
  const number = (field: string): number | null => numberOf(node, field);
  return {
    name: textOf(node, 'Name') ?? '',
    lastModified: textOf(node, 'LastModifiedDate'),
    facts: {
      assumptions: {
        enterpriseUsers: number('Enterprise_Users__c'),
        hoursPerUserWeek: number('Hours_Saved_Per_User_Week__c'),
        hourlyCost: number('Loaded_Hourly_Cost__c'),
        weeksPerYear: number('Weeks_Per_Year__c'),
      },
      price: { annual: number('Annual_Value__c'), oneTime: number('One_Time_Value__c') },
      pilotUsers: number('Licensed_Users__c') ?? number('Planned_Users__c'),
      measurement: hoursMeasurement(
        criteria.map(readCriterion),
        weeks.map((week) => textOf(week, 'Metrics__c')),
      ),
      stored: {
        hours: number('Enterprise_Hours__c'),
        value: number('Enterprise_Value__c'),
        returnPercent: number('Return_On_Investment__c'),
        paybackMonths: number('Payback_Months__c'),
      },
    },
    access: {
      endsOn: textOf(node, 'Access_Ends_On__c'),
      weeklyUsers: number('Active_Users_7d__c'),
      departments: number('Active_Departments__c'),
      countedTo: textOf(node, 'Usage_Complete_To__c'),
    },
  };
}

function readCriterion(node: GraphqlNode): CaseCriterion {
  return {
    name: textOf(node, 'Name') ?? '',
    kind: textOf(node, 'Kind__c'),
    isMustHave: valueOf(node, 'Must_Have__c') === true,
    isAtMost: textOf(node, 'Direction__c') === 'At most',
    metric: textOf(node, 'Metric__c'),
    window: textOf(node, 'Window__c'),
    unit: textOf(node, 'Unit__c'),
    actual: numberOf(node, 'Actual__c'),
    measuredOn: textOf(node, 'Measured_On__c'),
  };
}
