/** The package cannot be built from these files: fix what `actions` name and run again. */
export class PackageError extends Error {
  readonly code: 'PACKAGE_UNKNOWN_FILE' | 'PACKAGE_BROKEN_XML' | 'PACKAGE_STALE_COMPONENT';
  readonly actions: readonly string[];
  constructor(code: PackageError['code'], message: string, actions: readonly string[]) {
    super(message);
    this.name = 'PackageError';
    this.code = code;
    this.actions = actions;
  }
}
