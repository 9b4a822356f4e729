// As far as an opportunity with products needs them.
// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunitylineitem.htm
// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_pricebookentry.htm
import type { ObjectModel } from '../model.ts';
import { auditFields } from '../system-fields.ts';
import {
  checkbox,
  currency,
  date,
  lookup,
  number,
  READ_ONLY,
  REQUIRED,
  standardObject,
  text,
  textArea,
} from './standard-field.ts';

export function products(): ObjectModel[] {
  return [product2(), pricebook2(), pricebookEntry(), opportunityLineItem()];
}

function product2(): ObjectModel {
  return standardObject('Product2', ['Product', 'Products'], '01t', 'ReadWrite', [
    ...auditFields(),
    text('Name', 'Product Name', 255, REQUIRED),
    text('ProductCode', 'Product Code', 255),
    textArea('Description', 'Product Description', 4000),
    checkbox('IsActive', 'Active'),
  ]);
}

function pricebook2(): ObjectModel {
  return standardObject('Pricebook2', ['Price Book', 'Price Books'], '01s', 'Read', [
    ...auditFields(),
    text('Name', 'Price Book Name', 255, REQUIRED),
    checkbox('IsActive', 'Active'),
    checkbox('IsStandard', 'Is Standard Price Book', READ_ONLY),
  ]);
}

function pricebookEntry(): ObjectModel {
  return standardObject('PricebookEntry', ['Price Book Entry', 'Price Book Entries'], '01u', 'Read', [
    ...auditFields(),
    text('Name', 'Product Name', 255, READ_ONLY),
    lookup('Pricebook2Id', 'Price Book ID', ['Pricebook2'], 'PricebookEntries', {
      isUpdateable: false,
      ...REQUIRED,
    }),
    lookup('Product2Id', 'Product ID', ['Product2'], 'PricebookEntries', {
      isUpdateable: false,
      ...REQUIRED,
    }),
    currency('UnitPrice', 'List Price', REQUIRED),
    checkbox('IsActive', 'Active'),
  ]);
}

function opportunityLineItem(): ObjectModel {
  return standardObject(
    'OpportunityLineItem',
    ['Opportunity Product', 'Opportunity Products'],
    '00k',
    'ControlledByParent',
    [
      ...auditFields(),
      lookup('OpportunityId', 'Opportunity ID', ['Opportunity'], 'OpportunityLineItems', {
        onDelete: 'Cascade',
        isUpdateable: false,
        ...REQUIRED,
      }),
      lookup('PricebookEntryId', 'Price Book Entry ID', ['PricebookEntry'], 'OpportunityLineItems', {
        isUpdateable: false,
      }),
      lookup('Product2Id', 'Product ID', ['Product2'], 'OpportunityLineItems', { isUpdateable: false }),
      text('Name', 'Opportunity Product Name', 376, READ_ONLY),
      number('Quantity', 'Quantity', 12, 2, REQUIRED),
      currency('UnitPrice', 'Sales Price', { precision: 16 }),
      currency('TotalPrice', 'Total Price', { precision: 16 }),
      date('ServiceDate', 'Date'),
      text('Description', 'Line Description', 255),
    ],
  );
}
