import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyDestructive } from './apply-destructive.ts';
import { smallPackage } from './fixture/small-package.ts';
import { readPackage } from './read-package.ts';
import { standardOrg } from './standard-org.ts';

const field = (name: string) => {
  const [object = '', own = ''] = name.split('.');
  return readPackage(smallPackage()).model.objects.get(object)!.fields.get(own)!;
};

describe('readPackage', () => {
  it('reads a master-detail with its relationship names and rights', () => {
    assert.deepEqual(field('Step__c.Deal__c').reference, {
      to: ['Deal__c'],
      parentName: 'Deal__r',
      childName: 'Steps__r',
      onDelete: 'Cascade',
      masterOrder: 0,
      isReparentable: true,
      writeRequiresMasterRead: true,
    });
  });

  it('reads a roll-up with its filter, without object prefixes', () => {
    assert.deepEqual(field('Deal__c.Done_Steps__c').rollUp, {
      operation: 'count',
      childObject: 'Step__c',
      childKey: 'Deal__c',
      field: null,
      filters: [{ field: 'Is_Done__c', operation: 'equals', value: 'True' }],
    });
  });

  it('reads a formula with entities resolved and the kind of its result', () => {
    assert.equal(field('Deal__c.Days_Left__c').kind, 'Number');
    assert.deepEqual(field('Deal__c.Account_Name__c').formula, {
      source: 'Opportunity__r.Account.Name',
      blanks: 'BlankAsBlank',
    });
    assert.equal(field('Deal__c.Account_Name__c').isCreateable, false);
  });

  it('gives system fields to every object and an owner to all but details', () => {
    const { objects } = readPackage(smallPackage()).model;
    assert.equal(objects.get('Deal__c')!.fields.has('OwnerId'), false);
    assert.equal(objects.get('Deal__c')!.fields.get('CreatedById')!.isCreateable, false);
    assert.equal(objects.get('Opportunity')!.fields.has('OwnerId'), true);
    assert.equal(objects.get('PilotPolicy__mdt')!.fields.has('DeveloperName'), true);
  });

  it('adds a field to a standard object and leaves what was there', () => {
    const { objects } = readPackage(smallPackage()).model;
    assert.equal(
      objects.get('Opportunity')!.fields.size,
      standardOrg().objects.get('Opportunity')!.fields.size + 1,
    );
    assert.equal(objects.get('Opportunity')!.keyPrefix, '006');
  });

  it('types custom metadata values', () => {
    const record = readPackage(smallPackage()).model.customMetadata.get('PilotPolicy__mdt.Default')!;
    assert.equal(record.values.get('Days__c'), 14);
  });

  it('grants an address field by field', () => {
    const files = smallPackage();
    const path = [...files.keys()].find((each) => each.endsWith('Pilot_Sync.permissionset-meta.xml'))!;
    files.set(
      path,
      files
        .get(path)!
        .replace(
          '<label>',
          '<fieldPermissions><editable>false</editable><field>Account.BillingAddress</field><readable>true</readable></fieldPermissions><label>',
        ),
    );
    const { model, problems } = readPackage(files);
    assert.deepEqual(problems, []);
    assert.deepEqual(model.permissionSets.get('Pilot_Sync')!.fields.get('Account.BillingCity'), {
      isReadable: true,
      isEditable: false,
    });
  });

  it('deactivates a picklist value that a later deploy leaves out', () => {
    const base = readPackage(smallPackage()).model;
    const later =
      '<CustomField><fullName>Status__c</fullName><label>Status</label><type>Picklist</type><valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted><value><fullName>Open</fullName><default>false</default><label>Open</label></value></valueSetDefinition></valueSet></CustomField>';
    const { model } = readPackage(new Map([['objects/Deal__c/fields/Status__c.field-meta.xml', later]]), {
      base,
    });
    const values = model.objects.get('Deal__c')!.fields.get('Status__c')!.picklist!.values;
    assert.deepEqual(
      values.map(({ value, isActive }) => ({ value, isActive })),
      [
        { value: 'Open', isActive: true },
        { value: 'Done', isActive: false },
      ],
    );
    assert.equal(model.objects.get('Deal__c')!.fields.has('Ends_On__c'), true);
  });

  it('lets a custom object with activities be what a task is about', () => {
    const files = smallPackage();
    const path = [...files.keys()].find((each) => each.endsWith('Deal__c.object-meta.xml'))!;
    files.set(
      path,
      files.get(path)!.replace('<enableHistory>', '<enableActivities>true</enableActivities><enableHistory>'),
    );
    assert.deepEqual(readPackage(files).model.objects.get('Task')!.fields.get('WhatId')!.reference!.to, [
      'Account',
      'Deal__c',
      'Opportunity',
    ]);
  });

  it('names line and column of the element that is wrong', () => {
    const files = smallPackage();
    const path = [...files.keys()].find((each) => each.endsWith('Key__c.field-meta.xml'))!;
    files.set(path, files.get(path)!.replace('<length>40</length>', '    <length>400</length>'));
    assert.deepEqual(readPackage(files).problems, [
      {
        file: path,
        line: 8,
        column: 5,
        componentType: 'CustomField',
        fullName: 'Deal__c.Key__c',
        problem: 'Must specify a length from 1 to 255 for a Text field (it says 400).',
        rule: 'fields/length',
        fix: 'Add or correct <length>.',
      },
    ]);
  });

  it('names what package.xml promises and the zip does not hold, and the other way round', () => {
    const manifest =
      '<Package><types><members>Gone</members><name>Flow</name></types><version>67.0</version></Package>';
    const permission = '<CustomPermission><label>A</label></CustomPermission>';
    const { problems } = readPackage(
      new Map([
        ['package.xml', manifest],
        ['customPermissions/A.customPermission', permission],
      ]),
    );
    assert.deepEqual(
      problems.map(({ rule, fullName }) => ({ rule, fullName })),
      [
        { rule: 'manifest/missing', fullName: 'Gone' },
        { rule: 'manifest/unnamed', fullName: 'A' },
      ],
    );
  });
});

describe('applyDestructive', () => {
  it('removes members and says which the org never had', () => {
    const { model } = readPackage(smallPackage());
    const types = (name: string, ...members: string[]) =>
      `<types>${members.map((each) => `<members>${each}</members>`).join('')}<name>${name}</name></types>`;
    const changes = [
      types('CustomField', 'Deal__c.Notes__c', 'Opportunity.Amount'),
      types('CustomObject', 'Step__c', 'Account'),
      types('ValidationRule', 'Deal__c.End_Stays'),
      types('CustomMetadata', 'PilotPolicy.Default'),
      types('Flow', 'Deal_Before_Save', 'Nothing'),
      types('CustomPermission', 'Move_End'),
      types('CustomLabel', 'Hello'),
      types('PermissionSet', 'Pilot_Rep'),
    ];
    const done = applyDestructive(model, `<Package>${changes.join('')}</Package>`);
    assert.deepEqual(done.missing, [
      { type: 'CustomField', fullName: 'Opportunity.Amount' },
      { type: 'CustomObject', fullName: 'Account' },
      { type: 'Flow', fullName: 'Nothing' },
    ]);
    assert.equal(done.removed.length, 8);
    assert.equal(done.model.objects.has('Step__c'), false);
    assert.equal(done.model.objects.get('Deal__c')!.fields.has('Notes__c'), false);
    assert.equal(
      done.model.customMetadata.size + done.model.labels.size + done.model.customPermissions.size,
      0,
    );
    assert.equal(model.objects.has('Step__c'), true);
  });
});
