// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_customnotificationtype.htm
import type { ObjectModel } from '../model.ts';
import { auditFields } from '../system-fields.ts';
import { checkbox, picklist, READ_ONLY, standardObject, text } from './standard-field.ts';

/** Setup object: written by metadata deploys, read by flows that ring a bell. */
export function customNotificationType(): ObjectModel {
  return standardObject(
    'CustomNotificationType',
    ['Custom Notification Type', 'Custom Notification Types'],
    '0ML',
    'Read',
    [
      // Setup objects have no deleted flag.
      ...auditFields().filter((field) => field.name !== 'IsDeleted'),
      text('CustomNotifTypeName', 'Custom Notification Type Name', 80, READ_ONLY),
      text('Description', 'Description', 255, READ_ONLY),
      checkbox('Desktop', 'Desktop', READ_ONLY),
      text('DeveloperName', 'Name', 80, READ_ONLY),
      picklist('Language', 'Master Language', [], READ_ONLY),
      text('MasterLabel', 'Label', 80, READ_ONLY),
      checkbox('Mobile', 'Mobile', READ_ONLY),
    ],
  );
}
