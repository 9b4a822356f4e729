import { z } from 'zod';
import { refuseMissingColumns, USAGE_KEYS } from '../usage-config.ts';

const name = z.string().min(1).max(128);

/** A table or view in anything that speaks Postgres, as written in `config/sync.yaml`. */
export const PostgresSourceConfig = z
  .strictObject({
    ...USAGE_KEYS,
    kind: z.literal('postgres'),
    /** Host name, or the folder of a unix socket. */
    host: z.string().min(1),
    port: z.int().min(1).max(65_535).default(5432),
    database: name,
    user: name,
    /** Name of the environment variable with the password; null where the server asks for none. */
    password_env: z
      .string()
      .regex(/^[A-Z_][A-Z0-9_]*$/, { error: 'is the NAME of an environment variable, never the password' })
      .nullable()
      .default('PGPASSWORD'),
    /** `verify-full` checks the certificate and the host's name, `require` neither, `disable` sends in clear. */
    ssl: z.enum(['verify-full', 'require', 'disable']).default('verify-full'),
    /** PEM file of the authority that signed the server's certificate, if it is not a public one. */
    ssl_ca: z.string().min(1).optional(),
    schema: name.default('public'),
    table: name,
    /** Column that names a row in the list of rejected rows. */
    row_id: name.optional(),
    /** A column whose newest value, a day or an instant, says through when the table is complete. */
    loaded_through: z.strictObject({ schema: name.default('public'), table: name, column: name }).optional(),
    /** Settings of the session, e.g. `enable_partitionwise_aggregate: 'on'`. */
    settings: z.record(z.string().regex(/^[a-z_][a-z0-9_.]*$/), z.string().max(200)).default({}),
    statement_timeout_minutes: z.number().min(0.01).max(240).default(30),
  })
  .superRefine(refuseMissingColumns)
  .superRefine(({ complete_through, loaded_through }, context) => {
    if (complete_through === undefined || loaded_through === undefined) return;
    const message = 'goes not together with complete_through; keep one';
    context.addIssue({ code: 'custom', path: ['loaded_through'], message });
  });
export type PostgresSourceConfig = z.infer<typeof PostgresSourceConfig>;
