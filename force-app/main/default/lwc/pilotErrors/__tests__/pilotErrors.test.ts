import { reduceErrors } from 'c/pilotErrors';

const graphql = (ErrorType: string) => [
  { message: 'texto', locations: [], paths: [], extensions: { ErrorType } },
];

describe('reduceErrors', () => {
  it.each([
    [
      'a GraphQL query that names an object the reader cannot see',
      graphql('ValidationError'),
      'no-access',
      ['texto'],
    ],
    ['a GraphQL failure of the server', graphql('DataFetchingException'), 'refused', ['texto']],
    [
      'an expired session, body a list',
      [{ status: 401, body: [{ errorCode: 'INVALID_SESSION_ID', message: 'expired' }] }],
      'signed-out',
      ['expired'],
    ],
    ['a read that is refused, body a list', { status: 403, body: [{ message: 'no' }] }, 'no-access', ['no']],
    ['throttling', { status: 503, body: { message: 'limit' } }, 'busy', ['limit']],
    ['no connection', { status: 0, body: { message: 'Failed to fetch' } }, 'offline', ['Failed to fetch']],
    ['a fetch that threw', new TypeError('Failed to fetch'), 'offline', ['Failed to fetch']],
    [
      'a validation rule: page and field messages without repeats',
      {
        status: 400,
        body: {
          message: 'An error occurred while trying to update the record. Please try again.',
          output: {
            errors: [{ message: 'Say why.' }],
            fieldErrors: { End_Date__c: [{ message: 'Too early.' }, { message: 'Say why.' }] },
          },
        },
      },
      'refused',
      ['Say why.', 'Too early.'],
    ],
    [
      'a record that changed meanwhile, over REST',
      { status: 412, body: [{ message: 'changed' }] },
      'conflict',
      ['changed'],
    ],
    [
      'a record that changed meanwhile, as Lightning Data Service says it',
      {
        status: 400,
        body: { output: { errors: [{ errorCode: 'CollisionDetectedException', message: 'by Ann' }] } },
      },
      'conflict',
      ['by Ann'],
    ],
    ['something unheard of', 'boom', 'unknown', []],
    ['nothing', undefined, 'unknown', []],
  ])('reduces %s', (_name, error, kind, messages) => {
    expect(reduceErrors(error)).toMatchObject({ kind, messages });
  });

  it('keeps apart what belongs to one field', () => {
    const fieldErrors = { End_Date__c: [{ message: 'Too early.' }, { message: 'Move it.' }] };
    const { byField, messages } = reduceErrors({
      status: 400,
      body: { output: { errors: [{ message: 'Say why.' }], fieldErrors } },
    });
    expect(byField).toEqual({ End_Date__c: 'Too early. Move it.' });
    expect(messages).toEqual(['Say why.', 'Too early.', 'Move it.']);
  });
});
