// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contact.htm
import type { ObjectModel } from '../model.ts';
import { auditFields, ownerUser } from '../system-fields.ts';
import {
  date,
  dateTime,
  email,
  lookup,
  phone,
  picklist,
  READ_ONLY,
  REQUIRED,
  standardObject,
  text,
  textArea,
} from './standard-field.ts';

export function contact(): ObjectModel {
  return standardObject('Contact', ['Contact', 'Contacts'], '003', 'ReadWrite', [
    ...auditFields(),
    ownerUser(),
    lookup('AccountId', 'Account ID', ['Account'], 'Contacts', { onDelete: 'Cascade' }),
    text('LastName', 'Last Name', 80, REQUIRED),
    text('FirstName', 'First Name', 40),
    picklist('Salutation', 'Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.']),
    // Composed by the org from first and last name.
    text('Name', 'Full Name', 121, READ_ONLY),
    textArea('MailingStreet', 'Mailing Street', 255),
    text('MailingCity', 'Mailing City', 40),
    text('MailingState', 'Mailing State/Province', 80),
    text('MailingPostalCode', 'Mailing Zip/Postal Code', 20),
    text('MailingCountry', 'Mailing Country', 80),
    phone('Phone', 'Business Phone'),
    phone('MobilePhone', 'Mobile Phone'),
    lookup('ReportsToId', 'Reports To ID', ['Contact'], null),
    email('Email', 'Email'),
    // Filled by the org where bounce management is on.
    dateTime('EmailBouncedDate', 'Email Bounced Date'),
    text('Title', 'Title', 128),
    text('Department', 'Department', 80),
    textArea('Description', 'Contact Description', 32000),
    date('LastActivityDate', 'Last Activity', READ_ONLY),
  ]);
}
