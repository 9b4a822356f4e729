import type { Person } from '../domain/evaluation.ts';
import type { PilotFacts } from '../domain/facts.ts';

/** Whether KEY_USER_AWAY can tell the champion among the users, and if not, why. */
export interface ChampionMatch {
  /** Null when no champion is named. */
  readonly name: string | null;
  readonly match: 'matched' | 'notNamed' | 'noData' | 'noAddress' | 'noUserAddresses' | 'notSeen';
}

/** Looks for the champion's address among those of the users: the only tie there is between contact and user. */
export function championMatch(champion: Person | null, facts: PilotFacts | null): ChampionMatch {
  if (champion === null) return { name: null, match: 'notNamed' };
  const { name, addressHash } = champion;
  if (facts === null || facts.users.length === 0) return { name, match: 'noData' };
  if (!addressHash) return { name, match: 'noAddress' };
  if (facts.users.some((user) => user.addressHash === addressHash)) return { name, match: 'matched' };
  const isAddressKnown = facts.users.some((user) => user.addressHash !== undefined);
  return { name, match: isAddressKnown ? 'notSeen' : 'noUserAddresses' };
}
