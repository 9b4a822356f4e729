// Lightning Flow Scanner: https://github.com/Flow-Scanner/lightning-flow-scanner-core
import scanner from '@flow-scanner/lightning-flow-scanner-core';
import { XMLParser } from 'fast-xml-parser';
import type { MetadataProblem } from '../metadata/problem.ts';
import type { Component } from '../metadata/read/component.ts';
import { childrenOf, textOf } from '../metadata/xml.ts';

// The package is CommonJS without names that Node could import one by one.
const { Flow, getRules, ParsedFlow, scan } = scanner;

// TriggerOrder asks for a number that only an org with several flows on one object can choose; AutoLayout is a
// setting of the canvas; SameRecordFieldUpdates and UnsafeRunningContext advise, they do not find mistakes.
const OFF = new Set(['TriggerOrder', 'AutoLayout']);
const ON = getRules()
  .map(({ name }) => name)
  .filter((name) => !OFF.has(name));

const parser = new XMLParser({ attributeNamePrefix: '@_', ignoreAttributes: false, parseTagValue: false });

/** What the scanner finds in the flows of a package; a warning counts as a problem. */
export function lintFlows(components: readonly Component[]): MetadataProblem[] {
  return components.filter(({ type }) => type === 'Flow').flatMap(lintFlow);
}

function lintFlow(component: Component): MetadataProblem[] {
  const { Flow: definition } = parser.parse(component.text) as { Flow?: unknown };
  if (definition === undefined) return [];
  const flow = new ParsedFlow(component.fullName, new Flow(component.file, definition));
  const rules = Object.fromEntries(ON.map((name) => [name, { severity: 'error' }]));
  return scan([flow], { rules }).flatMap(({ ruleResults }) =>
    ruleResults
      .filter(({ occurs }) => occurs)
      .flatMap(({ ruleName, ruleDefinition, details }) =>
        details.map(({ name }) => ({
          file: component.file,
          line: lineOf(component, name),
          column: null,
          componentType: 'Flow',
          fullName: component.fullName,
          problem: `${ruleDefinition.label}: ${name}`,
          rule: `flow-lint/${ruleName.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}`,
          fix: ruleDefinition.description,
        })),
      ),
  );
}

function lineOf({ node }: Component, element: string): number {
  const named = node.children.find((each) => textOf(each, 'name') === element);
  return (named ?? childrenOf(node, 'start')[0] ?? node).line;
}
