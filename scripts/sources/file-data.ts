import { RecordRefused } from './engine/engine.ts';
import type { FileSourceConfig } from './file-source-config.ts';
import { findFiles } from './files/find-files.ts';
import { prepareFiles } from './files/prepare-file.ts';
import { loadFiles } from './load-files.ts';
import type { OpenUsageData, UsageData } from './usage-data.ts';

/** Walks every file of a file source; loading hands what is well-formed to the engine. */
export async function openFileData(
  config: FileSourceConfig,
  { columns, folder, signal, progress }: OpenUsageData,
): Promise<UsageData> {
  const files = await findFiles(config.paths, config.format);
  const prepare = (isCareful: boolean) =>
    prepareFiles(files, config, columns, { folder, signal, isCareful, progress });
  const prepared = await prepare(false);
  return {
    inputs: files.map(({ path }) => path),
    hasColumn: (header) => prepared.every((file) => file.hasColumn(header)),
    async load(engine, input, shape, log) {
      try {
        return await loadFiles(engine, input, shape, prepared, log);
      } catch (error) {
        if (!(error instanceof RecordRefused)) throw error;
        return loadFiles(engine, input, shape, await prepare(true), log);
      }
    },
    async close() {},
  };
}
