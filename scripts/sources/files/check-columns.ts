import type { UsageConfig } from '../usage-config.ts';
import type { EventColumns } from '../facts/event-columns.ts';
import { SourceError } from '../source-error.ts';

/**
 * Compares a file's header with what the configuration maps, by name. A missing or repeated name stops the read:
 * a shifted column would count the wrong thing. Columns that only a rep's link filter names are left out here.
 */
export function checkColumns(
  fileName: string,
  header: readonly string[],
  config: Pick<UsageConfig, 'name' | 'columns'>,
  columns: EventColumns,
): void {
  const mapped = Object.values(config.columns).filter((name) => name !== undefined);
  const wanted = [...new Set([...mapped, ...columns.measured.map((name) => columns.header(name))])];
  const missing = wanted.filter((name) => !header.includes(name));
  if (missing.length > 0)
    throw new SourceError(
      'SOURCE_COLUMNS',
      `${fileName} has no column ${missing.join(', ')}; its header is: ${header.join(', ')}.`,
      [
        `Say in columns: of source ${config.name} what the columns are called, e.g. usage_key: workspace_id.`,
        ...(header.length === 1
          ? ['One column only: set delimiter: ";" (or "\\t", "|") if the file uses it.']
          : []),
      ],
    );
  const repeated = wanted.filter((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (repeated.length > 0)
    throw new SourceError(
      'SOURCE_COLUMNS',
      `${fileName} has the column ${repeated.join(', ')} more than once.`,
      ['Rename one of the two in the export.'],
    );
}
