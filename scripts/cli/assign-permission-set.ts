import { create, query, SampleError, type SampleClient } from '../sample/sample-client.ts';

/** What an admin does after installing: gives a user a permission set of the package. Both names are our own, never input. */
export async function assignPermissionSet(
  client: SampleClient,
  username: string,
  permissionSet: string,
): Promise<void> {
  const idOf = async (soql: string): Promise<string> => {
    const [row] = await query(client, soql);
    if (typeof row?.Id === 'string') return row.Id;
    throw new SampleError(`The org has no answer to: ${soql}`, ['Start a fresh local org.']);
  };
  const AssigneeId = await idOf(`SELECT Id FROM User WHERE Username = '${username}'`);
  const PermissionSetId = await idOf(`SELECT Id FROM PermissionSet WHERE Name = '${permissionSet}'`);
  await create(client, 'PermissionSetAssignment', [{ AssigneeId, PermissionSetId }]);
}
