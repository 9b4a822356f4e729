/** Languages in which texts are stored in an org: `language` of the configuration. */
export type Language = 'en' | 'es';

/** What was found and what to do about it, as it is stored for readers of each language; the command line speaks English. */
export type Told = Readonly<Record<Language, { readonly message: string; readonly fix: string }>>;
