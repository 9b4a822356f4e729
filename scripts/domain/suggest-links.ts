import type { UnlinkedKey } from './facts.ts';
import { FREE_MAIL_DOMAINS } from './free-mail-domains.ts';

/** What the org knows about an account that has live pilots. */
export interface AccountTraits {
  readonly accountId: string;
  readonly website: string | null;
  /** One entry per contact that has an address: its domain. */
  readonly contactDomains: readonly string[];
  readonly livePilotIds: readonly string[];
}

export interface SuggestedLink {
  readonly pilotId: string;
  readonly key: UnlinkedKey;
  readonly domain: string;
  /** People of the workspace with that domain. */
  readonly people: number;
  readonly because: 'website' | 'contacts';
}

const MIN_SHARE = 0.6;
const MIN_CONTACTS = 2;

/**
 * Workspaces that look like a live pilot's, most people first: at least 60 % of the people share one domain that is
 * nobody's free mail, it is the account's website or the domain of two contacts, and exactly one live pilot is on the
 * only such account (product.md, "Links"). Names are never compared.
 */
export function suggestLinks(
  unlinked: readonly UnlinkedKey[],
  accounts: readonly AccountTraits[],
): SuggestedLink[] {
  return unlinked
    .flatMap((key): SuggestedLink[] => {
      const { domain } = key;
      if (domain === null || domain.share < MIN_SHARE || FREE_MAIL_DOMAINS.has(domain.name)) return [];
      const matches = accounts.flatMap((account) => {
        const because = reason(account, domain.name);
        return because === null ? [] : [{ account, because }];
      });
      const [match] = matches;
      const [pilotId, ...others] = match?.account.livePilotIds ?? [];
      if (!match || matches.length > 1 || pilotId === undefined || others.length > 0) return [];
      const people = Math.round(domain.share * key.users);
      return [{ pilotId, key, domain: domain.name, people, because: match.because }];
    })
    .toSorted((a, b) => b.people - a.people || (a.key.key < b.key.key ? -1 : 1));
}

function reason({ website, contactDomains }: AccountTraits, domain: string): SuggestedLink['because'] | null {
  if (website !== null && hostOf(website) === domain) return 'website';
  return contactDomains.filter((one) => one.toLowerCase() === domain).length >= MIN_CONTACTS
    ? 'contacts'
    : null;
}

/** The website field is free text: `acme.com`, `www.acme.com` and `https://www.acme.com/en` are one. */
function hostOf(website: string): string | null {
  const text = website.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  return url === null ? null : url.hostname.replace(/^www\./, '');
}
