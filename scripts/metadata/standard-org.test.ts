import assert from 'node:assert/strict';
import { it } from 'node:test';
import { OPPORTUNITY_STAGES, standardOrg } from './standard-org.ts';

const objects = [...standardOrg().objects.values()];

it('gives every standard object its own key prefix of three characters', () => {
  const prefixes = objects.map((object) => object.keyPrefix ?? '');
  assert.ok(prefixes.every((prefix) => /^[0-9A-Za-z]{3}$/.test(prefix)));
  assert.equal(new Set(prefixes).size, objects.length);
});

it('points every reference at an object it holds and gives no child name twice on a parent, polymorphic or not', () => {
  const taken: string[] = [];
  for (const object of objects) {
    for (const field of object.fields.values()) {
      for (const to of field.reference?.to ?? []) {
        assert.ok(
          objects.some((each) => each.name === to),
          `${object.name}.${field.name} → ${to}`,
        );
        if (field.reference?.childName) taken.push(`${to}.${field.reference.childName}`);
      }
    }
  }
  assert.deepEqual(
    taken.filter((each, index) => taken.indexOf(each) !== index),
    [],
  );
});

it('closes exactly the last two stages', () => {
  assert.deepEqual(
    OPPORTUNITY_STAGES.filter((stage) => stage.isClosed).map((stage) => stage.label),
    ['Closed Won', 'Closed Lost'],
  );
});
