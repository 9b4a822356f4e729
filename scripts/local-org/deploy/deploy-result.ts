import { ApiError } from '../api-error.ts';
import type { Caller } from '../security/caller.ts';
import type { Deployment } from './deployments.ts';

/** @throws ApiError unless the user may change metadata */
export function requireDeployer({ permissions }: Caller): void {
  if (permissions.access('Organization').modifyAll) return;
  throw new ApiError(
    403,
    'INSUFFICIENT_ACCESS',
    'You do not have the permission Modify All Data or Modify Metadata Through Metadata API Functions',
  );
}

/** https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deployresult.htm */
export function deployResult(deployment: Deployment, withDetails: boolean) {
  const { successes, failures, options } = deployment;
  const isGood = failures.length === 0;
  return {
    id: deployment.id,
    done: true,
    success: isGood,
    status: isGood ? 'Succeeded' : 'Failed',
    ...options,
    numberComponentsTotal: successes.length + failures.length,
    numberComponentsDeployed: successes.length,
    numberComponentErrors: failures.length,
    numberTestsTotal: 0,
    numberTestsCompleted: 0,
    numberTestErrors: 0,
    runTestsEnabled: false,
    createdBy: deployment.userId,
    createdDate: deployment.startedAt,
    startDate: deployment.startedAt,
    lastModifiedDate: deployment.completedAt,
    completedDate: deployment.completedAt,
    details: withDetails ? details(deployment) : null,
  };
}

const details = ({ successes, failures }: Deployment) => ({
  componentSuccesses: successes,
  componentFailures: failures,
  allComponentMessages: [...successes, ...failures],
  runTestResult: {
    numTestsRun: 0,
    numFailures: 0,
    totalTime: 0,
    successes: [],
    failures: [],
    codeCoverage: [],
    codeCoverageWarnings: [],
  },
});
