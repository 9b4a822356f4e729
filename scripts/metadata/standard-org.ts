import type { ObjectModel, OrgModel } from './model.ts';
import { account } from './standard/account.ts';
import { activities } from './standard/activity.ts';
import { contact } from './standard/contact.ts';
import { customNotificationType } from './standard/notification.ts';
import { opportunity, opportunityContactRole, opportunityStage } from './standard/opportunity.ts';
import { organization } from './standard/organization.ts';
import { people } from './standard/people.ts';
import { products } from './standard/product.ts';

export { OPPORTUNITY_STAGES, type OpportunityStage } from './standard/opportunity.ts';

/** An org before any package: the standard objects and fields this project touches, and nothing custom. */
export function standardOrg(): OrgModel {
  const objects: ObjectModel[] = [
    account(),
    contact(),
    opportunity(),
    opportunityStage(),
    opportunityContactRole(),
    ...products(),
    ...activities(),
    ...people(),
    organization(),
    customNotificationType(),
  ];
  return {
    apiVersion: '67.0',
    objects: new Map(objects.map((object) => [object.name, object])),
    permissionSets: new Map(),
    customPermissions: new Set(),
    customMetadata: new Map(),
    labels: new Map(),
    others: [],
  };
}
