import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { functionsOf, namesOf, picklistTexts } from './formula-scan.ts';

const names = (source: string) => namesOf(source).map((each) => each.name);
const functions = (source: string) => functionsOf(source).map((each) => each.name);

describe('formula scan', () => {
  const rows: readonly {
    name: string;
    source: string;
    names: readonly string[];
    functions: readonly string[];
  }[] = [
    {
      name: 'paths and globals',
      source: 'Pilot__r.Opportunity__r.Name & $User.Id',
      names: ['Pilot__r.Opportunity__r.Name', '$User.Id'],
      functions: [],
    },
    {
      name: 'names in texts do not count',
      source: '"A__c" & \'B__c\' & "say \\"C__c\\"" & D__c',
      names: ['D__c'],
      functions: [],
    },
    {
      name: 'names in comments do not count',
      source: 'A__c /* B__c + NOW() */ + 1',
      names: ['A__c'],
      functions: [],
    },
    {
      name: 'functions in any case and spacing',
      source: 'if (isblank(A__c), TRUE, null)',
      names: ['A__c'],
      functions: ['IF', 'ISBLANK'],
    },
    { name: 'an owner by type', source: 'Owner:User.Email', names: ['Owner:User.Email'], functions: [] },
  ];
  for (const row of rows) {
    it(row.name, () => {
      assert.deepEqual(names(row.source), row.names);
      assert.deepEqual(functions(row.source), row.functions);
    });
  }

  const texts: readonly { name: string; source: string; expected: readonly string[] }[] = [
    { name: 'ISPICKVAL', source: 'ISPICKVAL(S__c, "On")', expected: ['S__c=On'] },
    { name: 'INCLUDES', source: 'INCLUDES(S__c, "A")', expected: ['S__c=A'] },
    {
      name: 'CASE compares every second argument, not the results and not the else',
      source: 'CASE(S__c, "A", "x", "B", IF(T__c, "y", "z"), "C")',
      expected: ['S__c=A', 'S__c=B'],
    },
    {
      name: 'TEXT with = and ==',
      source: 'OR(TEXT(S__c) = "A", TEXT(S__c) == "B", TEXT(S__c) <> "C")',
      expected: ['S__c=A', 'S__c=B', 'S__c=C'],
    },
    { name: 'TEXT that is joined, not compared', source: 'TEXT(S__c) & "A"', expected: [] },
  ];
  for (const { name, source, expected } of texts) {
    it(`finds the texts a picklist is compared with: ${name}`, () => {
      assert.deepEqual(
        picklistTexts(source).map((each) => `${each.path}=${each.value}`),
        expected,
      );
    });
  }
});
