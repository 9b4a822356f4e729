// The records that a plan will make, as lines to read and inputs to change. No DOM.
import type { Draft, FormField } from 'c/pilotForm';
import type { Say } from 'c/pilotReader';

/** A record to make, as the plan holds it. */
export interface PlannedRecord {
  readonly alias: string;
  readonly object: string;
  readonly fields: Draft;
}

export interface PlanRow {
  readonly alias: string;
  readonly name: string;
  readonly about: string;
  /** What the org's past says of the target; empty where it says nothing. */
  readonly hint: string;
  readonly inputs: readonly FormField[];
  /** Why the org refused this record; empty when it did not. */
  readonly message: string;
}

export interface PlanGroup {
  readonly object: string;
  readonly heading: string;
  readonly rows: readonly PlanRow[];
}

const GROUPS: readonly { readonly object: string; readonly heading: string }[] = [
  { object: 'Pilot__c', heading: 'Pilot_Plan_pilot' },
  { object: 'SuccessCriterion__c', heading: 'Pilot_Plan_criteria' },
  { object: 'ConversionTerm__c', heading: 'Pilot_Plan_terms' },
  { object: 'PilotCommitment__c', heading: 'Pilot_Plan_commitments' },
  { object: 'PilotUsageKey__c', heading: 'Pilot_Plan_key' },
];

const INPUTS: Readonly<
  Record<string, readonly (readonly [name: string, label: string, kind: FormField['kind']])[]>
> = {
  Pilot__c: [
    ['Name', 'Pilot_Plan_name', 'text'],
    ['End_Date__c', 'Pilot_Plan_end', 'date'],
    ['Readout_Date__c', 'Pilot_Plan_readout', 'date'],
    ['Decision_Date__c', 'Pilot_Plan_decision', 'date'],
    ['Holiday_Region__c', 'Pilot_Plan_region', 'text'],
    ['Scope__c', 'Pilot_Plan_scope', 'lines'],
  ],
  SuccessCriterion__c: [
    ['Name', 'Pilot_Plan_name', 'text'],
    ['Target__c', 'Pilot_Plan_target', 'number'],
  ],
  ConversionTerm__c: [
    ['Name', 'Pilot_Plan_name', 'text'],
    ['Amount__c', 'Pilot_Plan_amount', 'number'],
    ['Valid_Days_After_End__c', 'Pilot_Plan_lock', 'number'],
  ],
  PilotCommitment__c: [
    ['Name', 'Pilot_Plan_name', 'text'],
    ['Due_On__c', 'Pilot_Plan_due', 'date'],
  ],
};

/** Groups of lines in the order in which the records are made; `messages` and `hints` by alias. */
export function planGroups(
  records: readonly PlannedRecord[],
  messages: Readonly<Record<string, string>>,
  say: Say,
  hints: Readonly<Record<string, string>> = {},
): PlanGroup[] {
  return GROUPS.flatMap(({ object, heading }) => {
    const rows = records.filter((record) => record.object === object);
    if (rows.length === 0) return [];
    return [
      { object, heading: say(heading), rows: rows.map((record) => rowOf(record, messages, hints, say)) },
    ];
  });
}

function rowOf(
  { alias, object, fields }: PlannedRecord,
  messages: Readonly<Record<string, string>>,
  hints: Readonly<Record<string, string>>,
  say: Say,
): PlanRow {
  const inputs = (INPUTS[object] ?? []).map(([name, label, kind]) => ({
    name,
    label: say(label),
    kind,
    value: fields[name] ?? null,
  }));
  return {
    alias,
    name: String(fields['Name'] ?? fields['Key__c'] ?? ''),
    about: aboutOf(object, fields, say),
    hint: hints[alias] ?? '',
    inputs,
    message: messages[alias] ?? '',
  };
}

function aboutOf(object: string, fields: Draft, say: Say): string {
  const text = (field: string): string | null => (fields[field] as string | null) ?? null;
  const number = (field: string): number | null => (fields[field] as number | null) ?? null;
  switch (object) {
    case 'Pilot__c':
      return say('Pilot_Plan_about_pilot', {
        start: text('Start_Date__c'),
        end: text('End_Date__c'),
        readout: text('Readout_Date__c'),
        decision: text('Decision_Date__c'),
      });
    case 'SuccessCriterion__c': {
      const name =
        fields['Direction__c'] === 'At most' ? 'Pilot_Criteria_at_most' : 'Pilot_Criteria_at_least';
      const target = number('Target__c');
      return [
        target === null ? null : say(name, { target, unit: text('Unit__c') }),
        fields['Must_Have__c'] === true ? say('Pilot_Criteria_Must_have') : null,
      ]
        .filter(Boolean)
        .join(' · ');
    }
    case 'ConversionTerm__c': {
      const amount = number('Amount__c');
      const days = number('Valid_Days_After_End__c');
      const period = `Pilot_Plan_${String(text('Billing__c') ?? 'Annual').replace('-', '_')}`;
      return [
        amount === null ? null : say('Pilot_Plan_about_term', { amount, period: say(period) }),
        days === null ? null : say('Pilot_Plan_about_lock', { days }),
      ]
        .filter(Boolean)
        .join(' · ');
    }
    case 'PilotCommitment__c': {
      const party = say(fields['Party__c'] === 'Vendor' ? 'Pilot_Plan_us' : 'Pilot_Plan_customer');
      const due = text('Due_On__c');
      return due === null ? party : say('Pilot_Plan_about_commitment', { party, due });
    }
    default:
      return text('Source__c') ?? '';
  }
}
