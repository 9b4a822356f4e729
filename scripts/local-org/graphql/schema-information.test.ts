import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createUser, startTestOrg, type TestOrg } from '../../testing/test-org.ts';

interface GraphqlAnswer {
  readonly data: { readonly uiapi: Readonly<Record<string, unknown>> } | null;
  readonly errors: readonly {
    readonly message: string;
    readonly extensions: { readonly ErrorType: string };
  }[];
}

describe('the current user and object infos of GraphQL', () => {
  let org: TestOrg;
  before(async () => void (org = await startTestOrg()));
  after(() => org.close());

  async function ask(selection: string): Promise<GraphqlAnswer> {
    const { status, body } = await org.call('POST', '/graphql', { query: `{ uiapi { ${selection} } }` });
    assert.equal(status, 200);
    return body as GraphqlAnswer;
  }

  test('currentUser is the record of whoever asks, with parents', async () => {
    const { data, errors } = await ask(
      'currentUser { Username { value } Profile { Name { value } } Nope @optional { value } }',
    );
    assert.deepEqual(errors, []);
    assert.deepEqual(data?.uiapi['currentUser'], {
      Username: { value: 'admin@local.test' },
      Profile: { Name: { value: 'System Administrator' } },
    });
  });

  test('scope MINE finds the records of whoever asks, in SOQL too', async () => {
    const OwnerId = await createUser(org, { username: 'other@local.test' });
    await org.call('POST', '/sobjects/Account', { Name: 'Mine' });
    await org.call('POST', '/sobjects/Account', { Name: 'Theirs', OwnerId });
    const { data } = await ask('query { Account(scope: "MINE") { edges { node { Name { value } } } } }');
    assert.deepEqual(data?.uiapi, { query: { Account: { edges: [{ node: { Name: { value: 'Mine' } } }] } } });
    const soql = 'SELECT COUNT() FROM Account';
    const count = async (scope: string) =>
      (
        (await org.call('GET', `/query?q=${encodeURIComponent(`${soql} ${scope} WHERE Name != 'x'`)}`))
          .body as {
          totalSize: number;
        }
      ).totalSize;
    assert.deepEqual([await count('USING SCOPE mine'), await count('USING SCOPE everything')], [1, 2]);
  });

  test('objectInfos says what the UI API says of an object', async () => {
    const { data, errors } = await ask(
      `objectInfos(apiNames: ["Opportunity", "account"]) { ApiName label labelPlural keyPrefix custom creatable nameFields
        childRelationships { childObjectApiName relationshipName fieldName }
        recordTypeInfos { master recordTypeId } fields { ApiName dataType required referenceToInfos { ApiName nameFields } } }`,
    );
    assert.deepEqual(errors, []);
    const [opportunity, account] = data?.uiapi['objectInfos'] as [
      Record<string, unknown>,
      Record<string, unknown>,
    ];
    const { body } = await org.call('GET', '/ui-api/object-info/Opportunity');
    const known = body as { label: string; fields: Record<string, { dataType: string; required: boolean }> };
    assert.equal(opportunity['label'], known.label);
    assert.deepEqual(
      [opportunity['ApiName'], account['ApiName'], opportunity['keyPrefix']],
      ['Opportunity', 'Account', '006'],
    );
    assert.deepEqual(opportunity['recordTypeInfos'], [{ master: true, recordTypeId: '012000000000000AAA' }]);
    const fields = opportunity['fields'] as {
      ApiName: string;
      dataType: string;
      required: boolean;
      referenceToInfos: unknown;
    }[];
    assert.deepEqual(
      fields.map(({ ApiName, dataType, required }) => [ApiName, dataType, required]),
      Object.entries(known.fields).map(([name, { dataType, required }]) => [name, dataType, required]),
    );
    assert.deepEqual(fields.find(({ ApiName }) => ApiName === 'AccountId')?.referenceToInfos, [
      { ApiName: 'Account', nameFields: ['Name'] },
    ]);
    const children = account['childRelationships'] as {
      relationshipName: string;
      childObjectApiName: string;
    }[];
    assert.equal(
      children.find(({ relationshipName }) => relationshipName === 'Opportunities')?.childObjectApiName,
      'Opportunity',
    );
  });

  // Shape: forcedotcom/sf-skills, experience-ui-bundle-salesforce-data-access/references/graphql-hand-authoring.md
  test('picklist values come by record type, as the UI API gives them', async () => {
    const { data, errors } = await ask(
      `objectInfos(objectInfoInputs: [{ apiName: "Opportunity", recordTypeIds: ["012000000000000AAA"] }]) {
        fields { ApiName ... on PicklistField { picklistValuesByRecordTypeIDs { recordTypeID picklistValues { label value } } } } }`,
    );
    assert.deepEqual(errors, []);
    const [{ fields }] = data?.uiapi['objectInfos'] as [
      {
        fields: {
          ApiName: string;
          picklistValuesByRecordTypeIDs?: [{ picklistValues: { value: string }[] }];
        }[];
      },
    ];
    const { body } = await org.call(
      'GET',
      '/ui-api/object-info/Opportunity/picklist-values/012000000000000AAA/StageName',
    );
    const expected = (body as { values: { label: string; value: string }[] }).values.map(
      ({ label, value }) => ({ label, value }),
    );
    assert.ok(expected.length > 3);
    assert.deepEqual(fields.find(({ ApiName }) => ApiName === 'StageName')?.picklistValuesByRecordTypeIDs, [
      { recordTypeID: '012000000000000AAA', picklistValues: expected },
    ]);
    assert.equal(fields.find(({ ApiName }) => ApiName === 'Name')?.picklistValuesByRecordTypeIDs, undefined);
  });

  for (const [args, type, message] of [
    ['apiNames: ["Nope__c"]', 'DataFetchingException', /Object Nope__c not found/],
    [
      'apiNames: ["Account"], objectInfoInputs: [{ apiName: "Account" }]',
      'DataFetchingException',
      /either apiNames or/,
    ],
    ['apiNames: ["Account"], locale: "es"', 'OperationNotSupported', /labels in the locale es/],
    [
      'objectInfoInputs: [{ apiName: "Account", recordTypeIds: ["012000000000001AAA"] }]',
      'OperationNotSupported',
      /record type/,
    ],
    [
      'objectInfoInputs: [{ apiName: "Account", fieldNames: ["Industry"] }]',
      'OperationNotSupported',
      /fieldNames/,
    ],
  ] as const)
    test(`objectInfos(${args}) is refused as ${type}`, async () => {
      const { errors } = await ask(`objectInfos(${args}) { ApiName }`);
      assert.equal(errors[0]?.extensions.ErrorType, type, JSON.stringify(errors));
      assert.match(errors[0].message, message);
    });
});
