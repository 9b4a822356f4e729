import type { CriterionStory, EndedStory, PilotStory, Story } from './story.ts';
import {
  agreedTerms,
  byHand,
  kickOffCommitments,
  person,
  proposedTerms,
  weeklyCheckIns,
} from './story-parts.ts';

interface Past extends EndedStory {
  readonly account: string;
  readonly domain: string;
  readonly champion: string;
  /** Percent of the licensed users who were active in the last week. */
  readonly activeShare?: number;
  readonly pilot?: Partial<PilotStory>;
  readonly terms?: Story['terms'];
}

/** Eight weeks of a pilot from the template SaaS adoption, decided ten business days after its end. */
function saas({ activeShare = 0, ...past }: Past): Story {
  const criteria: CriterionStory[] = [
    {
      name: 'Active users a week',
      kind: 'Adoption',
      mustHave: true,
      direction: 'At least',
      unit: '% of licensed users',
      baseline: 0,
      target: 60,
      actual: activeShare,
    },
    {
      name: 'Hours saved per user and week',
      kind: 'Business outcome',
      mustHave: true,
      direction: 'At least',
      unit: 'hours',
      baseline: 0,
      target: 0.4,
      actual: activeShare / 100,
    },
  ];
  const start = past.decided - 50;
  const about = { type: 'Pilot', purpose: 'Prove a new use case', template: 'SaaS adoption' } as const;
  return ended(past, start, criteria, { ...about, users: 20 });
}

/** Three weeks of a technical proof. */
function technical(past: Past, hasRun: boolean): Story {
  const runs = { ...byHand('Runs in the customer’s environment', 'Technical', 1), actual: hasRun ? 1 : 0 };
  const about = { type: 'POC', purpose: 'Validate technology', template: 'Technical POC' } as const;
  return ended(past, past.decided - 25, [runs], { ...about, users: 5 });
}

function ended(
  { account, domain, champion, terms, pilot, outcome, reason, decided }: Past,
  start: number,
  criteria: readonly CriterionStory[],
  about: Pick<PilotStory, 'type' | 'purpose' | 'template' | 'users'>,
): Story {
  const end = decided - 10;
  return {
    account,
    domain,
    country: 'Germany',
    region: 'DE',
    timeZone: 'Europe/Berlin',
    deal: { name: `${account}: first order`, amount: 110_000, closes: decided },
    sponsor: person('Dana Ortiz', 'Chief Operating Officer'),
    champion: person(champion, 'Team lead'),
    lead: null,
    criteria,
    terms: terms ?? agreedTerms(100_000, 10_000, end + 30),
    checkIns: weeklyCheckIns(start + 4, end),
    commitments: kickOffCommitments(start),
    links: [],
    usage: null,
    pilot: {
      name: `${account}: ${about.type === 'POC' ? 'technical proof' : 'service desk pilot'}`,
      department: 'Customer care',
      start,
      end,
      readout: end + 3,
      decision: decided,
      departments: 2,
      status: 'In Review',
      source: 'None by agreement',
      ended: { outcome, reason, decided },
      ...about,
      ...pilot,
    },
  };
}

const criteriaMet = { outcome: 'Converted', reason: 'Criteria met' } as const;
const otherTerms = { outcome: 'Converted on other terms', reason: 'Price' } as const;
const unsigned = { isSigned: false } as const;
const funded = { commitment: 'Funded' } as const;

/**
 * Last year's pilots: 12 decided, 8 converted. Eight were structured at the start, of which 7 converted; of the other
 * four it was one. The eight of the template SaaS adoption had a median of 47 % active users, and six of them 35 %.
 */
export const ENDED_STORIES: readonly Story[] = [
  saas({
    account: 'Halden Group',
    domain: 'halden.example',
    champion: 'Karl Moser',
    ...criteriaMet,
    decided: -90,
    activeShare: 72,
    pilot: funded,
  }),
  saas({
    account: 'Ibex Outdoor',
    domain: 'ibex.example',
    champion: 'Lea Koch',
    ...criteriaMet,
    decided: -95,
    activeShare: 66,
    pilot: funded,
  }),
  saas({
    account: 'Jasper Hotels',
    domain: 'jasper.example',
    champion: 'Max Bauer',
    ...criteriaMet,
    decided: -100,
    activeShare: 58,
  }),
  saas({
    account: 'Keel Shipping',
    domain: 'keel.example',
    champion: 'Nora Falk',
    ...otherTerms,
    decided: -105,
    activeShare: 50,
  }),
  saas({
    account: 'Larch Housing',
    domain: 'larch.example',
    champion: 'Otto Sommer',
    ...criteriaMet,
    decided: -110,
    activeShare: 44,
  }),
  saas({
    account: 'Mistral Wind',
    domain: 'mistral.example',
    champion: 'Petra Jung',
    outcome: 'Not converted',
    reason: 'Value not shown',
    decided: -115,
    activeShare: 35,
    pilot: { firstEnd: -135 },
  }),
  saas({
    account: 'Nordlicht Media',
    domain: 'nordlicht.example',
    champion: 'Rolf Adler',
    outcome: 'No decision',
    reason: 'Timing',
    decided: -120,
    activeShare: 31,
    pilot: unsigned,
  }),
  saas({
    account: 'Ostrea Foods',
    domain: 'ostrea.example',
    champion: 'Silke Braun',
    outcome: 'Not converted',
    reason: 'Low adoption',
    decided: -125,
    activeShare: 25,
    pilot: unsigned,
    terms: proposedTerms(100_000),
  }),
  technical(
    {
      account: 'Pelagia Labs',
      domain: 'pelagia.example',
      champion: 'Theo Graf',
      ...criteriaMet,
      decided: -90,
    },
    true,
  ),
  technical(
    {
      account: 'Quill Press',
      domain: 'quill.example',
      champion: 'Ulla Stein',
      ...criteriaMet,
      decided: -95,
    },
    true,
  ),
  technical(
    {
      account: 'Rowan Rail',
      domain: 'rowan.example',
      champion: 'Vera Lorenz',
      outcome: 'Not converted',
      reason: 'Technical fit',
      decided: -100,
      pilot: unsigned,
    },
    false,
  ),
  technical(
    {
      account: 'Sable Mining',
      domain: 'sable.example',
      champion: 'Willi Kern',
      ...otherTerms,
      decided: -105,
      pilot: unsigned,
    },
    true,
  ),
];
