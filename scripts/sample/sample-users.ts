import { create, query, SampleError, type SampleClient } from './sample-client.ts';

/** Who works in the sample, by what they may do. */
export const SAMPLE_USERS = {
  rep: {
    username: 'rep@pilot.example',
    first: 'Riley',
    last: 'Chen',
    profile: 'Standard User',
    sets: ['Pilot_Rep'],
  },
  successManager: {
    username: 'success@pilot.example',
    first: 'Sam',
    last: 'Okafor',
    profile: 'Standard User',
    sets: ['Pilot_Rep'],
  },
  salesEngineer: {
    username: 'engineer@pilot.example',
    first: 'Eli',
    last: 'Novak',
    profile: 'Standard User',
    sets: ['Pilot_Rep'],
  },
  manager: {
    username: 'manager@pilot.example',
    first: 'Morgan',
    last: 'Diaz',
    profile: 'Standard User',
    sets: ['Pilot_Rep', 'Pilot_Manager'],
  },
  sync: {
    username: 'sync@pilot.example',
    first: 'Pilot',
    last: 'Sync',
    profile: 'Minimum Access - API Only Integrations',
    sets: ['Pilot_Sync'],
  },
  /** Has no permission of the package: what such a person sees is part of the product. */
  visitor: {
    username: 'visitor@pilot.example',
    first: 'Vic',
    last: 'Moreau',
    profile: 'Standard User',
    sets: [],
  },
} as const satisfies Record<
  string,
  { username: string; first: string; last: string; profile: string; sets: string[] }
>;

export type SampleRole = keyof typeof SAMPLE_USERS;
export const SAMPLE_ROLES = Object.keys(SAMPLE_USERS) as SampleRole[];

/** Creates the sample's users and gives them their permission sets; returns their ids. */
export async function makeSampleUsers(client: SampleClient): Promise<Record<SampleRole, string>> {
  const profiles = await idsByName(client, 'Profile');
  const ids = await create(
    client,
    'User',
    SAMPLE_ROLES.map((role) => {
      const { username, first, last, profile } = SAMPLE_USERS[role];
      return {
        Username: username,
        FirstName: first,
        LastName: last,
        Email: username,
        Alias: username.slice(0, 8).replace('@', ''),
        ProfileId: idOf(profiles, 'Profile', profile),
        IsActive: true,
        TimeZoneSidKey: 'Europe/Berlin',
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
      };
    }),
  );
  const sets = await idsByName(client, 'PermissionSet');
  await create(
    client,
    'PermissionSetAssignment',
    SAMPLE_ROLES.flatMap((role, index) =>
      SAMPLE_USERS[role].sets.map((set) => ({
        AssigneeId: ids[index]!,
        PermissionSetId: idOf(sets, 'PermissionSet', set),
      })),
    ),
  );
  return Object.fromEntries(SAMPLE_ROLES.map((role, index) => [role, ids[index]!])) as Record<
    SampleRole,
    string
  >;
}

async function idsByName(
  client: SampleClient,
  object: 'Profile' | 'PermissionSet',
): Promise<Map<string, string>> {
  const rows = await query(client, `SELECT Id, Name FROM ${object}`);
  return new Map(rows.map((row) => [String(row['Name']), String(row['Id'])]));
}

function idOf(ids: ReadonlyMap<string, string>, object: string, name: string): string {
  const id = ids.get(name);
  if (id === undefined)
    throw new SampleError(`The org has no ${object} named ${name}.`, [
      'Deploy the package first, then make the sample.',
    ]);
  return id;
}
