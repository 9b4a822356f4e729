/** Zip → the folder it is made of. The core comes first: the others are laid over it. */
export const PACKAGE_ROOTS = {
  core: 'force-app/main',
  page: 'force-app/page',
  translations: 'force-app/translations',
} as const;
