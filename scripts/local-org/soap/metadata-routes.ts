import type { Hono } from 'hono';
import { child, flagOf, textOf, type XmlNode } from '../../metadata/xml.ts';
import { ApiError, notImplemented } from '../api-error.ts';
import { deployResult, requireDeployer } from '../deploy/deploy-result.ts';
import type { Deployment } from '../deploy/deployments.ts';
import { requireCaller } from '../routes/authenticate.ts';
import type { OrgEnv, Services } from '../routes/services.ts';
import type { Caller } from '../security/caller.ts';
import { toId18 } from '../store/record-id.ts';
import { describeMetadata, listMetadata } from './describe-metadata.ts';
import { readEnvelope, type SoapCall } from './envelope.ts';
import { retrieve, type RetrieveResult } from './retrieve.ts';
import { faultXml, responseXml, type XmlValue } from './write-xml.ts';

/**
 * The Metadata API over SOAP, which the sf CLI uses by default; deploys go the same way as over REST.
 * Faults are answered with 500, as SOAP 1.1 says.
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_calls_intro.htm
 */
export function metadataSoapRoutes(app: Hono<OrgEnv>, services: Services): void {
  const retrieved = new Map<string, RetrieveResult>();
  app.post('/services/Soap/m/:version', async (context) => {
    const text = await context.req.text();
    const headers = { 'content-type': 'text/xml; charset=utf-8' };
    try {
      const call = readEnvelope(text);
      const caller = requireCaller(services, call.sessionId);
      context.set('caller', caller);
      const result = await services.turns.take(() =>
        Promise.resolve(answer({ services, retrieved, caller, call })),
      );
      return context.body(responseXml(call.name, result), 200, headers);
    } catch (error) {
      const known = error instanceof ApiError ? error : unexpected(error);
      const code = known.errorCode.includes(':') ? known.errorCode : `sf:${known.errorCode}`;
      return context.body(faultXml(code, `${known.errorCode}: ${known.message}`), 500, headers);
    }
  });
}

function unexpected(error: unknown): ApiError {
  console.error(error);
  return new ApiError(500, 'UNKNOWN_EXCEPTION', error instanceof Error ? error.message : String(error));
}

interface Asked {
  readonly services: Services;
  readonly retrieved: Map<string, RetrieveResult>;
  readonly caller: Caller;
  readonly call: SoapCall;
}

function answer({ services, retrieved, caller, call }: Asked): XmlValue {
  requireDeployer(caller);
  const { node } = call;
  switch (call.name) {
    case 'deploy':
      return { done: false, id: deploy(services, caller, node).id, state: 'Queued' };
    case 'checkDeployStatus':
      return deployResult(findDeployment(services, node), flagOf(node, 'includeDetails'));
    case 'cancelDeploy':
      // Deploys are done when they are accepted, so there is nothing left to cancel.
      return { done: true, id: findDeployment(services, node).id };
    case 'retrieve': {
      const result = retrieve(services.org, child(node, 'request') ?? node, caller.userId);
      retrieved.set(String(result['id']), result);
      return { done: false, id: result['id'] ?? '', state: 'Queued' };
    }
    case 'checkRetrieveStatus':
      return findRetrieve(retrieved, node);
    case 'listMetadata':
      return listMetadata(services.org, node, caller.userId);
    case 'describeMetadata':
      return describeMetadata();
    default:
      throw notImplemented(`the SOAP call ${call.name}`);
  }
}

function deploy(services: Services, caller: Caller, node: XmlNode): Deployment {
  const options = child(node, 'DeployOptions');
  const zip = Buffer.from(textOf(node, 'ZipFile') ?? '', 'base64');
  const flag = (name: string, fallback: boolean): boolean =>
    (options === undefined ? null : textOf(options, name)) === null ? fallback : flagOf(options!, name);
  return services.deployments.start(
    zip,
    {
      checkOnly: flag('checkOnly', false),
      rollbackOnError: flag('rollbackOnError', true),
      ignoreWarnings: flag('ignoreWarnings', false),
    },
    caller.userId,
  );
}

function findDeployment({ deployments }: Services, node: XmlNode): Deployment {
  const id = textOf(node, 'asyncProcessId') ?? textOf(node, 'id') ?? textOf(node, 'String') ?? '';
  const found = deployments.find(toId18(id.padEnd(15)));
  if (found === undefined) throw unknownProcess(id);
  return found;
}

function findRetrieve(retrieved: ReadonlyMap<string, RetrieveResult>, node: XmlNode): RetrieveResult {
  const id = textOf(node, 'asyncProcessId') ?? textOf(node, 'id') ?? '';
  const found = retrieved.get(toId18(id.padEnd(15)));
  if (found === undefined) throw unknownProcess(id);
  return found;
}

const unknownProcess = (id: string): ApiError =>
  new ApiError(500, 'INVALID_ID_FIELD', `invalid cross reference id: ${id}`);
