import { serve as serveNode } from '@hono/node-server';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** The connection that a request came over. */
export interface Connection {
  readonly incoming: { readonly socket: Socket };
}

/** Long SOQL travels in the URL: Node's own limit of 16 KiB would answer 431 without a body. */
const MAX_HEADER_BYTES = 64 * 1024;
/**
 * Node closes a connection that was idle for five seconds. On a busy machine a client sends into it at that very moment
 * and reads ECONNRESET, which an org's load balancer, with minutes, would not show it.
 */
const KEEP_ALIVE_MS = 120_000;

/** Serves on 127.0.0.1 only. Rejects when the port is taken. */
export function serve(
  fetch: (request: Request, connection: Connection) => Response | Promise<Response>,
  port: number,
): Promise<RunningServer> {
  return new Promise((resolve, reject) => {
    const server = serveNode(
      {
        fetch: (request, { incoming }) => fetch(request, { incoming }),
        port,
        hostname: '127.0.0.1',
        createServer,
        serverOptions: { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS },
      },
      (address) => resolve({ url: `http://127.0.0.1:${address.port}`, close: () => stop(server as Server) }),
    );
    server.once('error', reject);
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}
