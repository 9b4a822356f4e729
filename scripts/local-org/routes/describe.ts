import type { Hono } from 'hono';
import { describeBriefly, describeObject } from '../describe/describe-object.ts';
import { visibleObject } from './records.ts';
import type { OrgEnv, Services } from './services.ts';

/** What the caller may see of the schema. */
export function describeRoutes(app: Hono<OrgEnv>, services: Services): void {
  app.get('/sobjects', (context) => {
    const { permissions } = context.get('caller');
    const visible = [...services.org.model.objects.values()].filter(({ name }) => permissions.canRead(name));
    return context.json({
      encoding: 'UTF-8',
      maxBatchSize: 200,
      sobjects: visible.map((object) => describeBriefly(object, permissions, context.get('version'))),
    });
  });
  app.get('/sobjects/:object', (context) => {
    const object = visibleObject(services, context);
    const objectDescribe = describeBriefly(object, context.get('caller').permissions, context.get('version'));
    return context.json({ objectDescribe, recentItems: [] });
  });
  app.get('/sobjects/:object/describe', (context) => {
    const object = visibleObject(services, context);
    const { permissions } = context.get('caller');
    return context.json(describeObject(services.org.model, object, permissions, context.get('version')));
  });
}
