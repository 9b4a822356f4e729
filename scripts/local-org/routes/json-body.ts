import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { OrgContext } from './services.ts';

/** One record as a client sends it; what the fields hold is checked by the save. */
export const RecordBody = z.record(z.string(), z.unknown());
export type RecordBody = z.infer<typeof RecordBody>;

/** Reads a JSON body of the given shape. @throws ApiError JSON_PARSER_ERROR, UNSUPPORTED_MEDIA_TYPE */
export async function readJson<T>(context: OrgContext, shape: z.ZodType<T>): Promise<T> {
  const type = context.req.header('content-type') ?? '';
  if (!/^application\/json\b/i.test(type))
    throw new ApiError(
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      `Content-Type not supported by this resource: ${type || 'none'}`,
    );
  const parsed = shape.safeParse(parse(await context.req.text()));
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new ApiError(400, 'JSON_PARSER_ERROR', `${message} at ${path.join('.') || 'the top of the body'}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ApiError(400, 'JSON_PARSER_ERROR', error instanceof Error ? error.message : String(error));
  }
}
