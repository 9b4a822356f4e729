// The two questions of the Tooling API that are known: active validation rules of an object, flows with an active
// version. Objects: https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_validationrule.htm
// and tooling_api_objects_flowdefinition.htm; the envelope is that of a query beside `size` and `entityTypeName`.
import type { Hono } from 'hono';
import { parseXml, textOf } from '../../metadata/xml.ts';
import { ApiError, notImplemented } from '../api-error.ts';
import { requireDeployer } from '../deploy/deploy-result.ts';
import type { OrgState } from '../org-state.ts';
import type { OrgEnv, Services } from './services.ts';

const RULES =
  /^SELECT ValidationName FROM ValidationRule WHERE Active = true AND EntityDefinition\.QualifiedApiName = '(\w+)'$/;
const FLOWS = 'SELECT DeveloperName FROM FlowDefinition WHERE ActiveVersionId != null';

/** `GET /tooling/query`; any other question is refused as not implemented. */
export function toolingQueryRoutes(app: Hono<OrgEnv>, { org }: Services): void {
  app.get('/tooling/query', (context) => {
    // Stands for View Setup and Configuration: who may deploy may look at the setup.
    requireDeployer(context.get('caller'));
    const soql = context.req.query('q');
    if (soql === undefined) throw new ApiError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
    const records = answer(soql, org);
    return context.json({
      size: records.length,
      totalSize: records.length,
      done: true,
      queryLocator: null,
      entityTypeName: records[0]?.attributes.type ?? null,
      records,
    });
  });
}

type ToolingRow = { readonly attributes: { readonly type: string } } & Readonly<Record<string, unknown>>;

function answer(soql: string, { model }: OrgState): ToolingRow[] {
  const object = RULES.exec(soql)?.[1];
  if (object !== undefined)
    return (model.objects.get(object)?.validationRules ?? [])
      .filter(({ isActive }) => isActive)
      .map(({ name }) => ({ attributes: { type: 'ValidationRule' }, ValidationName: name }));
  if (soql !== FLOWS) throw notImplemented(`the Tooling API query "${soql}"`);
  return model.others
    .filter(({ type, xml }) => type === 'Flow' && textOf(parseXml(xml), 'status') === 'Active')
    .map(({ fullName }) => ({ attributes: { type: 'FlowDefinition' }, DeveloperName: fullName }));
}
