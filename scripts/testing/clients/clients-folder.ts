import { resolve } from 'node:path';

/** Where `npm run test:clients` keeps the installed clients, absolute. */
export const CLIENTS = resolve(import.meta.dirname, '../../../.pilot/clients');
