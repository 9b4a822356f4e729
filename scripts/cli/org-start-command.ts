import { createLocalOrg } from '../local-org/local-org.ts';
import { fail } from './fail.ts';
import { parseNow } from './parse-now.ts';
import { listenError, parsePort } from './parse-port.ts';
import { stopSignal } from './stop-signal.ts';

export interface OrgStartOptions {
  readonly port: string;
  readonly now?: string;
  readonly db?: string;
}

/** `pilot org start`: an empty local org until SIGINT or SIGTERM. */
export async function orgStartCommand(options: OrgStartOptions): Promise<void> {
  try {
    const port = parsePort(options.port);
    const org = createLocalOrg({
      ...(options.now === undefined ? {} : { now: parseNow(options.now) }),
      ...(options.db === undefined ? {} : { file: options.db }),
    });
    try {
      const url = await org.listen(port).catch((error: unknown) => {
        throw listenError(error, port);
      });
      process.stdout.write(
        [
          `Local org ${org.organizationId} at ${url}, its clock at ${org.clock.now().toISOString()}`,
          `Log in: client credentials with a username as client id, e.g. admin@local.test, and the secret local-org:`,
          // Quoted, or the hiding of secrets would take this one, which everybody knows, for one of an org.
          `  curl -s ${url}/services/oauth2/token -d grant_type=client_credentials -d client_id=admin@local.test -d client_secret="local-org"`,
          'Ctrl-C ends it.',
          '',
        ].join('\n'),
      );
      await stopSignal();
    } finally {
      await org.close();
    }
  } catch (error) {
    process.exitCode = fail(error);
  }
}
