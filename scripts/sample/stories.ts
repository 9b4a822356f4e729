import { ENDED_STORIES } from './ended-stories.ts';
import type { Phase, PilotStory, Story } from './story.ts';
import {
  agreedTerms,
  byHand,
  kickOffCommitments,
  measuredCriteria,
  person,
  productUsage,
  proposedTerms,
  TEAMS,
  weeklyCheckIns,
} from './story-parts.ts';

type Place = Pick<Story, 'country' | 'region' | 'timeZone'>;
const GERMANY: Place = { country: 'Germany', region: 'DE', timeZone: 'Europe/Berlin' };
const SPAIN: Place = { country: 'Spain', region: 'ES', timeZone: 'Europe/Madrid' };
const BRITAIN: Place = { country: 'United Kingdom', region: 'GB', timeZone: 'Europe/London' };

type Given = Pick<Story, 'account' | 'domain' | 'champion'> &
  Partial<Omit<Story, 'pilot'>> & {
    readonly pilot: Partial<PilotStory> & Pick<PilotStory, 'start' | 'end' | 'users'>;
  };

/** A pilot as it should be run; each story below changes what makes it a story. */
function story(given: Given, place: Place = GERMANY): Story {
  const { start, end, users } = given.pilot;
  const key = `${given.domain.split('.')[0]}-eu`;
  return {
    ...place,
    deal: { name: `${given.account}: workspace for service teams`, amount: 575_000, closes: end + 20 },
    sponsor: person('Dana Ortiz', 'Chief Operating Officer'),
    lead: person('Ines Vogel', 'Project lead'),
    criteria: measuredCriteria(Math.round(users * 0.6), users * 12, 90),
    terms: agreedTerms(500_000, 75_000, end + 30),
    checkIns: weeklyCheckIns(start + 4, -1),
    commitments: kickOffCommitments(start),
    links: [{ source: 'product', key }],
    usage: productUsage(key, [healthy(start, users)]),
    ...given,
    pilot: {
      name: `${given.account}: service desk pilot`,
      type: 'Pilot',
      purpose: 'Prove a new use case',
      department: 'Customer care',
      readout: end + 3,
      decision: end + 10,
      nextCheckIn: 2,
      departments: 4,
      status: 'Active',
      source: 'Linked',
      ...given.pilot,
    },
  };
}

const healthy = (from: number, users: number): Phase => ({
  from,
  to: 0,
  users,
  rhythm: 0.72,
  events: 3,
  replyMinutes: 62,
});

/** The sample: every state and signal arises from what people do in `phases` and what the records say. */
export const STORIES: readonly Story[] = [
  story({
    account: 'Acme Robotics',
    domain: 'acme.example',
    champion: person('Priya Shah', 'Head of customer care'),
    pilot: { start: -30, end: 15, users: 20 },
  }),
  story({
    account: 'Bluefin Logistics',
    domain: 'bluefin.example',
    champion: person('Jonas Brandt', 'Service manager'),
    pilot: { start: -35, end: 10, users: 25 },
    checkIns: weeklyCheckIns(-31, -16),
    usage: productUsage('bluefin-eu', [{ ...healthy(-35, 18), to: -15 }]),
  }),
  story({
    account: 'Cedar Clinics',
    domain: 'cedar.example',
    champion: person('Lena Fischer', 'Ward coordinator'),
    pilot: { start: -9, end: 26, users: 25 },
    usage: productUsage('cedar-eu', []),
  }),
  story(
    {
      account: 'Juniper Travel',
      domain: 'juniper.example',
      champion: person('Marta Ruiz', 'Booking manager'),
      pilot: { start: -20, end: 20, users: 14 },
      links: [],
    },
    SPAIN,
  ),
  story({
    account: 'Kestrel Energy',
    domain: 'kestrel.example',
    champion: person('Tobias Keller', 'Plant engineer'),
    pilot: { start: -25, end: 15, users: 12 },
    criteria: [
      byHand('Runs inside the plant network', 'Technical', 1),
      byHand('Shift handover takes half the time', 'Business outcome', 1),
      ...measuredCriteria(8, 100, 90).slice(1, 2),
    ],
    links: [{ source: 'on_prem', key: 'kestrel' }],
    usage: {
      source: 'on_prem',
      key: 'kestrel',
      departments: TEAMS,
      phases: [{ ...healthy(-25, 12), to: -6 }],
      hours: [7, 15],
    },
  }),
  story({
    account: 'Lumen Foods',
    domain: 'lumen.example',
    champion: person('Clara Weiss', 'Quality lead'),
    pilot: { start: -45, firstEnd: -22, end: -12, users: 16, readout: -9, decision: 5 },
  }),
  story(
    {
      account: 'Marlow Bank',
      domain: 'marlow.example',
      champion: person('Owen Price', 'Branch operations'),
      pilot: { start: -40, end: 20, users: 18, type: 'Pilot', purpose: 'Convince a conservative buyer' },
      usage: productUsage('marlow-eu', [{ ...healthy(-40, 18), rhythm: 0.8 }]),
    },
    BRITAIN,
  ),
  story({
    account: 'Nimbus Air',
    domain: 'nimbus.example',
    champion: person('Felix Roth', 'Ground operations'),
    pilot: { start: -50, end: 15, users: 25 },
    usage: productUsage('nimbus-eu', [
      { ...healthy(-50, 24), to: -12 },
      { ...healthy(-11, 8), rhythm: 0.4 },
    ]),
  }),
  story({
    account: 'Orchard Retail',
    domain: 'orchard.example',
    champion: person('Nina Wolf', 'Store support'),
    pilot: { start: -30, end: 20, users: 25 },
    usage: productUsage('orchard-eu', [healthy(-30, 8)]),
  }),
  story({
    account: 'Pinecrest Insurance',
    domain: 'pinecrest.example',
    champion: person('Paul Lindner', 'Claims lead'),
    pilot: { start: -30, end: 20, users: 10, sponsorLeft: -10 },
    usage: productUsage(
      'pinecrest-eu',
      [{ ...healthy(-30, 10), firstUserShare: 0.7 }],
      ['Customer care', 'Sales'],
    ),
  }),
  story({
    account: 'Quarry Tools',
    domain: 'quarry.example',
    champion: person('Emil Haas', 'Dealer support'),
    pilot: { start: -8, end: 32, users: 10 },
  }),
  story(
    {
      account: 'Riverton Media',
      domain: 'riverton.example',
      champion: person('Sofia Marin', 'Editorial operations'),
      pilot: { start: -30, end: 18, users: 15 },
      criteria: [
        ...measuredCriteria(9, 4000, 30).slice(0, 3),
        byHand('Archive search answers in two seconds', 'Technical', 1),
      ],
    },
    SPAIN,
  ),
  story({
    account: 'Solstice Health',
    domain: 'solstice.example',
    champion: person('Ida Berg', 'Patient services'),
    pilot: { start: -60, end: -15, users: 15, readout: -12, decision: -5, status: 'In Review' },
    terms: agreedTerms(240_000, 20_000, 4),
    deal: { name: 'Solstice Health: workspace for patient services', amount: 260_000, closes: 15 },
  }),
  story({
    account: 'Tamarack Supply',
    domain: 'tamarack.example',
    champion: person('Leo Graf', 'Purchasing'),
    sponsor: null,
    lead: null,
    pilot: { start: -35, end: 6, users: 12, nextCheckIn: -6, isSigned: false },
    criteria: [
      ...measuredCriteria(6, 100, 90).slice(0, 2),
      byHand('Order errors halved', 'Business outcome', 1),
    ],
    terms: proposedTerms(180_000),
    checkIns: weeklyCheckIns(-31, -16),
    commitments: [
      ...kickOffCommitments(-35),
      { name: 'Single sign-on access', party: 'Customer', kind: 'Access', due: -14, isDone: false },
    ],
    deal: { name: 'Tamarack Supply: purchasing workspace', amount: 180_000, closes: 9 },
  }),
  story({
    account: 'Vesper Group',
    domain: 'vesper.example',
    champion: person('Rosa Lang', 'Group service'),
    pilot: { start: -25, end: 15, users: 14 },
  }),
  story({
    account: 'Vesper Nordics',
    domain: 'vesper-nordics.example',
    champion: person('Aino Salo', 'Regional service'),
    pilot: { start: -20, end: 20, users: 14 },
    links: [{ source: 'product', key: 'vesper-eu' }],
    usage: null,
  }),
  story(
    {
      account: 'Wren Studios',
      domain: 'wren.example',
      champion: person('Amy Frost', 'Studio manager'),
      pilot: { start: -40, end: 15, users: 12 },
      checkIns: [...weeklyCheckIns(-36, -21), ...weeklyCheckIns(-16, -1, false)],
      usage: productUsage('wren-eu', [
        { ...healthy(-40, 12), to: -14, firstUserShare: 0.35 },
        { ...healthy(-13, 12), firstUserAway: true },
      ]),
    },
    BRITAIN,
  ),
  story({
    account: 'Zephyr Marine',
    domain: 'zephyr.example',
    champion: person('Hanna Moll', 'Fleet coordinator'),
    pilot: { start: -20, end: 20, users: 10 },
    links: [{ source: 'mobile', key: 'zephyr-eu' }],
    usage: null,
  }),
  // Its first team bought after a pilot of its own (see ENDED_STORIES); now everybody may join.
  story({
    account: 'Halden Group',
    domain: 'halden.example',
    champion: person('Mia Stern', 'Knowledge manager'),
    deal: { name: 'Halden Group: workspace for all teams', amount: 420_000, closes: 40 },
    pilot: {
      name: 'Halden Group: open to every team',
      purpose: 'Spread a network',
      restriction: 'Features',
      department: 'Customer care',
      start: -45,
      end: 20,
      users: 40,
    },
    usage: {
      ...productUsage(
        'halden-eu',
        [
          { ...healthy(-45, 9), to: -37 },
          { ...healthy(-36, 18), to: -27 },
          { ...healthy(-26, 26), to: -17 },
          { ...healthy(-16, 33), to: -7 },
          healthy(-6, 38),
        ],
        ['Customer care', 'Marketing', 'Product', 'Sales', 'IT'],
      ),
      departmentSize: 8,
      sometimes: { invite_sent: 0.04, sso_setup_tried: 0.02 },
    },
  }),
  story({
    account: 'Yarrow Labs',
    domain: 'yarrow.example',
    champion: person('Greta Blum', 'Laboratory lead'),
    pilot: {
      name: 'Yarrow Labs: air-gapped POC',
      type: 'POC',
      purpose: 'Validate technology',
      start: -10,
      end: 10,
      users: 5,
      source: 'None by agreement',
    },
    criteria: [{ ...byHand('Installs without internet access', 'Technical', 1), mustHave: true, actual: 1 }],
    links: [],
    usage: null,
  }),
  ...ENDED_STORIES,
];
