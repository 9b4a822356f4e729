import { FlowFault } from './flow-error.ts';
import { addNotification } from './flow-log.ts';
import type { NotificationElement } from './flow-model.ts';
import type { Interview } from './interview.ts';

// Lengths by common knowledge, not verified in an org.
const MAX_TITLE = 250;
const MAX_BODY = 750;
/** https://help.salesforce.com/apex/HTViewHelpDoc?id=platform.process_limits_customnotification.htm */
const MAX_RECIPIENTS = 10_000;

/** Records the bell of a Send Custom Notification action. @throws FlowFault when an input is missing or too long */
export function sendNotification(interview: Interview, { name, inputs }: NotificationElement): void {
  const { store, viewer } = interview.context;
  const text = (input: string, limit: number): string => {
    const operand = inputs.get(input);
    const value = operand === undefined ? null : interview.value(operand);
    if (value === null) throw new FlowFault(`${name}: Missing required input parameter: ${input}`);
    if (String(value).length > limit)
      throw new FlowFault(`${name}: ${input} is longer than ${limit} characters`);
    return String(value);
  };
  const typeId = text('customNotifTypeId', 18);
  if (store.get('SELECT 1 AS "found" FROM "CustomNotificationType" WHERE "Id" = ?', typeId) === undefined)
    throw new FlowFault(`${name}: There is no notification type with the id ${typeId}`);
  const recipients = inputs.get('recipientIds');
  const recipientIds = recipients === undefined ? [] : interview.values(recipients).map(String);
  if (recipientIds.length === 0)
    throw new FlowFault(`${name}: Missing required input parameter: recipientIds`);
  if (recipientIds.length > MAX_RECIPIENTS)
    throw new FlowFault(`${name}: recipientIds holds more than ${MAX_RECIPIENTS} values`);
  const target = inputs.get('targetId');
  const targetId = target === undefined ? null : interview.value(target);
  addNotification(store, {
    sentAt: viewer.now.toISOString(),
    sentBy: viewer.userId,
    typeId,
    recipientIds,
    title: text('title', MAX_TITLE),
    body: text('body', MAX_BODY),
    targetId: targetId === null ? null : String(targetId),
  });
}
