import { unzipSync, type Unzipped } from 'fflate';
import { ApiError } from '../api-error.ts';

// https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_metadata.htm
const MAX_FILES = 10_000;
const MAX_UNZIPPED_BYTES = 400 * 1024 * 1024;

/** Files of a deploy zip by path below the folder that holds package.xml. Sizes are checked before unpacking. */
export function readZip(zip: Uint8Array): Map<string, Uint8Array> {
  let files = 0;
  let bytes = 0;
  let entries: Unzipped;
  try {
    entries = unzipSync(zip, {
      filter: ({ originalSize, name }) => {
        files += 1;
        bytes += originalSize;
        if (files > MAX_FILES || bytes > MAX_UNZIPPED_BYTES) throw tooLarge();
        if (name.split('/').includes('..') || name.startsWith('/'))
          throw invalid(`the path ${name} leaves the zip`);
        return !name.endsWith('/');
      },
    });
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw invalid(error instanceof Error ? error.message : String(error));
  }
  const manifest = Object.keys(entries).find((name) => /^(?:[^/]+\/)?package\.xml$/.test(name));
  const folder = manifest?.slice(0, -'package.xml'.length) ?? '';
  const found = Object.entries(entries).filter(([name]) => name.startsWith(folder));
  return new Map(found.map(([name, content]) => [name.slice(folder.length), content]));
}

const invalid = (why: string): ApiError =>
  new ApiError(400, 'INVALID_ZIP_FILE', `The deploy zip cannot be read: ${why}`);
const tooLarge = (): ApiError =>
  new ApiError(
    400,
    'LIMIT_EXCEEDED',
    `Maximum size of request reached: ${MAX_FILES} files or ${MAX_UNZIPPED_BYTES} bytes unpacked.`,
  );
