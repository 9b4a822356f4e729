// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_task.htm
// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_event.htm
import type { FieldModel, ObjectModel } from '../model.ts';
import { auditFields } from '../system-fields.ts';
import {
  checkbox,
  date,
  dateTime,
  lookup,
  number,
  picklist,
  READ_ONLY,
  REQUIRED,
  standardObject,
  text,
  textArea,
} from './standard-field.ts';

// Custom objects that allow activities join WhatId when they are deployed. Events and tasks go with the record they are
// related to: https://www.simplysfdc.com/2014/04/what-happens-when-you-delete-accounts.html (after Salesforce's help) for
// accounts, https://revenuegrid.com/blog/delete-opportunity-in-salesforce for opportunities. For WhoId no source was found: it is cleared.
const WHAT = ['Account', 'Opportunity'];

export function activities(): ObjectModel[] {
  return [task(), event()];
}

function task(): ObjectModel {
  return standardObject('Task', ['Task', 'Tasks'], '00T', 'Private', [
    ...shared('Tasks'),
    date('ActivityDate', 'Due Date Only'),
    picklist(
      'Status',
      'Status',
      ['Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'],
      { first: 'Not Started', ...REQUIRED },
    ),
    picklist('Priority', 'Priority', ['High', 'Normal', 'Low'], { first: 'Normal', ...REQUIRED }),
    checkbox('IsClosed', 'Closed', READ_ONLY),
    checkbox('IsHighPriority', 'High Priority', READ_ONLY),
    dateTime('CompletedDateTime', 'Completed Date', READ_ONLY),
    picklist('TaskSubtype', 'Task Subtype', ['Task', 'Email', 'Call', 'List Email', 'Cadence'], {
      first: 'Task',
      isUpdateable: false,
      isRestricted: true,
    }),
  ]);
}

function event(): ObjectModel {
  return standardObject('Event', ['Event', 'Events'], '00U', 'Private', [
    ...shared('Events'),
    text('Location', 'Location', 255),
    checkbox('IsAllDayEvent', 'All-Day Event'),
    dateTime('ActivityDateTime', 'Due Date Time'),
    date('ActivityDate', 'Due Date Only'),
    number('DurationInMinutes', 'Duration', 8, 0),
    dateTime('StartDateTime', 'Start Date Time'),
    dateTime('EndDateTime', 'End Date Time'),
    picklist('ShowAs', 'Show Time As', ['Busy', 'OutOfOffice', 'Free'], {
      first: 'Busy',
      isRestricted: true,
    }),
  ]);
}

function shared(children: 'Tasks' | 'Events'): FieldModel[] {
  return [
    ...auditFields(),
    lookup('OwnerId', 'Assigned To ID', children === 'Tasks' ? ['Group', 'User'] : ['User'], null, {
      ...REQUIRED,
      defaultValue: '$User.Id',
    }),
    lookup('WhoId', 'Name ID', ['Contact'], children),
    lookup('WhatId', 'Related To ID', WHAT, children, { onDelete: 'Cascade' }),
    lookup('AccountId', 'Account ID', ['Account'], null, READ_ONLY),
    text('Subject', 'Subject', 255),
    textArea('Description', 'Description', 32000),
    picklist('Type', 'Type', ['Call', 'Meeting', 'Other']),
  ];
}
