// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_organization.htm
import type { ObjectModel } from '../model.ts';
import { auditFields } from '../system-fields.ts';
import {
  checkbox,
  dateTime,
  number,
  picklist,
  READ_ONLY,
  REQUIRED,
  standardObject,
  text,
} from './standard-field.ts';

export function organization(): ObjectModel {
  return standardObject('Organization', ['Organization', 'Organization'], '00D', 'Read', [
    ...auditFields().filter((field) => field.name !== 'IsDeleted'),
    text('Name', 'Name', 80, REQUIRED),
    text('Country', 'Country', 80),
    picklist('TimeZoneSidKey', 'Time Zone', []),
    picklist('LanguageLocaleKey', 'Language', []),
    picklist('DefaultLocaleSidKey', 'Locale', []),
    picklist(
      'OrganizationType',
      'Edition',
      ['Developer Edition', 'Enterprise Edition', 'Unlimited Edition', 'Performance Edition'],
      READ_ONLY,
    ),
    checkbox('IsSandbox', 'Is Sandbox', READ_ONLY),
    text('InstanceName', 'Instance Name', 5, READ_ONLY),
    text('NamespacePrefix', 'Namespace Prefix', 15, READ_ONLY),
    number('FiscalYearStartMonth', 'Fiscal Year Starts In', 9, 0),
    dateTime('TrialExpirationDate', 'Trial Expiration Date', READ_ONLY),
  ]);
}
