import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, it } from 'node:test';
import { parse, visit, type DocumentNode, type VariableDefinitionNode } from 'graphql';
import { startTestOrg, type TestOrg } from './test-org.ts';

const LWC = new URL('../../force-app/main/default/lwc/', import.meta.url);
const DOCUMENT = /gql`([^`]*)`/g;

let org: TestOrg;
before(async () => {
  org = await startTestOrg({ deploy: true });
});
after(() => org.close());

const sources = readdirSync(LWC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.includes('__tests__') && !path.endsWith('.d.ts'))
  .sort()
  .map((path) => ({ path, source: readFileSync(new URL(path, LWC), 'utf8') }));

/** Texts that documents share, by the name of their constant. */
const shared = new Map(
  sources.flatMap(({ source }) =>
    [...source.matchAll(/export const ([A-Z_]+) = `([^`]*)`/g)].map(
      ([, name = '', text = '']) => [name, text] as const,
    ),
  ),
);

/** Every GraphQL document that a component holds as constants, by place; what is made of records at run time is a mutation. */
const documents = sources.flatMap(({ path, source }) =>
  [...source.matchAll(DOCUMENT)]
    .map(([, text = '']) =>
      text.replaceAll(/\$\{([A-Z_]+)\}/g, (whole, name: string) => shared.get(name) ?? whole),
    )
    .filter((text) => !text.includes('${text}'))
    .map((text, index) => ({ place: `${path}#${index + 1}`, text })),
);

it('finds the documents of the components', () => {
  assert.ok(documents.length > 0);
});

// A field that the reader may not see is left out where it is @optional; ordering by one fails the whole document.
it('orders by nothing that may be hidden: the page sorts by its own fields', () => {
  const ordered = documents.flatMap(({ place, text }) => {
    const found: string[] = [];
    visit(parse(text), {
      Argument(argument) {
        if (argument.name.value !== 'orderBy' || argument.value.kind !== 'ObjectValue') return;
        found.push(...argument.value.fields.map((field) => `${place}: ${field.name.value}`));
      },
    });
    return found;
  });
  assert.ok(ordered.length > 0);
  assert.deepEqual(
    ordered.filter((each) => each.endsWith('__c')),
    [],
  );
});

const ID = '006000000000001AAA';

function variablesOf(document: DocumentNode): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  visit(document, {
    VariableDefinition(node: VariableDefinitionNode) {
      const type = node.type.kind === 'NonNullType' ? node.type.type : node.type;
      // Pages, filters and cursors may be left out; an id may not, or the answer would be empty.
      if (type.kind === 'ListType') variables[node.variable.name.value] = [];
      else if (type.name.value === 'ID' || node.type.kind === 'NonNullType')
        variables[node.variable.name.value] = ID;
    },
  });
  return variables;
}

// Mutations write: the browser tests of the actions run them for real.
for (const { place, text } of documents) {
  const document = parse(text);
  const isQuery = document.definitions.every(
    (each) => each.kind !== 'OperationDefinition' || each.operation === 'query',
  );
  if (!isQuery) continue;
  it(`the deployed package answers ${place} without an error`, async () => {
    // An @optional field that the org lacks is left out without a word: here every one of them has to be there.
    const query = text.replaceAll('@optional', '');
    const { status, body } = await org.call('POST', '/graphql', {
      query,
      variables: variablesOf(document),
    });
    assert.equal(status, 200);
    assert.deepEqual((body as { errors?: unknown[] }).errors ?? [], []);
  });
}
