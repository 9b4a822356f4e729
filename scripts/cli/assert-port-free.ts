import { createServer } from 'node:net';
import { listenError } from './parse-port.ts';

/** @throws ConfigError PORT_IN_USE when nothing can listen there on 127.0.0.1 */
export async function assertPortFree(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, port)));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
}
