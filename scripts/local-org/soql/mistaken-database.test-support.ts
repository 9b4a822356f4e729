import type { DatabaseSync } from 'node:sqlite';

/** The same database with a mistake in every statement that shows it. */
export function mistakenDatabase(database: DatabaseSync, find: RegExp, replacement: string): DatabaseSync {
  return new Proxy(database, {
    get(target, property) {
      if (property === 'prepare') return (text: string) => target.prepare(text.replace(find, replacement));
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
