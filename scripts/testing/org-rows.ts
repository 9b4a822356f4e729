// Every value of every row of an org, to compare an org with itself.
import type { AdminOrg } from '../cli/admin-org.ts';
import type { TestOrg } from './test-org.ts';

/** Object → names of its fields, for every object that can be queried. */
export async function columnsOfAll(testOrg: TestOrg, org: AdminOrg): Promise<Columns> {
  const { body } = await testOrg.call('GET', '/sobjects');
  const names = (body as { sobjects: { name: string; queryable: boolean }[] }).sobjects
    .filter(({ queryable }) => queryable)
    .map(({ name }) => name);
  const described = names.map(
    async (name) => [name, (await org.fields(name))!.map((field) => field.name)] as const,
  );
  return Object.fromEntries(await Promise.all(described));
}

export type Columns = Readonly<Record<string, readonly string[]>>;

/** Object → its rows in the order of their ids. */
export async function rowsOfAll(org: AdminOrg, columns: Columns): Promise<Record<string, unknown[]>> {
  const queried = Object.entries(columns).map(
    async ([object, names]) =>
      [object, await org.query(`SELECT ${names.join(', ')} FROM ${object} ORDER BY Id`)] as const,
  );
  return Object.fromEntries(await Promise.all(queried));
}
