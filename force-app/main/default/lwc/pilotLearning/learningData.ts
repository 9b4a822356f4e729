// The closed pilots as the org answers them, believed field by field.
import { labelOf, numberOf, queryNodes, textOf, valueOf } from 'c/pilotNodes';
import type { GraphqlNode } from 'c/pilotNodes';
import { parseSignals, readAmendments } from 'c/pilotRecord';
import type { EndedPilot } from './learning';

export interface EndedPilots {
  readonly pilots: readonly EndedPilot[];
  /** Of all that the reader may see, read or not. */
  readonly totalCount: number;
  /** Picklist values in the reader's language. */
  readonly labels: ReadonlyMap<string, string>;
}

const PICKLISTS = ['Outcome__c', 'Type__c', 'Purpose__c', 'Commitment_Level__c'];

/** Reads `data.uiapi.query.Pilot__c`; null when the answer has no such list. */
export function readEndedPilots(data: unknown): EndedPilots | null {
  const nodes = queryNodes(data, 'Pilot__c');
  if (nodes === null) return null;
  const { totalCount } = (data as { uiapi: { query: { Pilot__c: { totalCount?: number } } } }).uiapi.query
    .Pilot__c;
  const labels = nodes.flatMap((node) =>
    PICKLISTS.flatMap((field): [string, string][] => {
      const [value, label] = [textOf(node, field), labelOf(node, field)];
      return value === null || label === null ? [] : [[value, label]];
    }),
  );
  return {
    pilots: nodes.map(readEnded),
    totalCount: totalCount ?? nodes.length,
    labels: new Map(labels),
  };
}

function readEnded(node: GraphqlNode): EndedPilot {
  const isStructured = valueOf(node, 'Structured_At_Start__c');
  // A blank text is no amendment; a hidden field is not known.
  const amendments = 'Amendments__c' in node ? readAmendments(textOf(node, 'Amendments__c')) : null;
  const stored = parseSignals(textOf(node, 'Signals__c'));
  return {
    outcome: textOf(node, 'Outcome__c'),
    converted: numberOf(node, 'Converted__c'),
    isStructured: typeof isStructured === 'boolean' ? isStructured : null,
    type: textOf(node, 'Type__c'),
    template: textOf(node, 'Template_Name__c'),
    purpose: textOf(node, 'Purpose__c'),
    commitment: textOf(node, 'Commitment_Level__c'),
    // The flow counts extensions and leaves the field blank before the first.
    extensions: 'Extension_Count__c' in node ? (numberOf(node, 'Extension_Count__c') ?? 0) : null,
    amendments: amendments?.length ?? null,
    daysToFirstValue: numberOf(node, 'Days_To_First_Value__c'),
    departments: numberOf(node, 'Active_Departments__c'),
    signal: stored === null ? null : (stored.signals[0]?.code ?? ''),
  };
}
