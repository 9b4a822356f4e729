// What converted in this org, and how sure that is. The page and `pilot learn` compute it from the same rows, so this
// module imports nothing.

/** A closed pilot; null is what nobody entered or measured, or what the reader may not see. */
export interface EndedPilot {
  readonly outcome: string | null;
  /** `Converted__c`: 1 or 0; null where the outcome says nothing about converting (declined, not needed, cancelled). */
  readonly converted: number | null;
  readonly isStructured: boolean | null;
  readonly type: string | null;
  readonly template: string | null;
  readonly purpose: string | null;
  readonly commitment: string | null;
  readonly extensions: number | null;
  readonly amendments: number | null;
  readonly daysToFirstValue: number | null;
  /** Departments active when usage was last counted. */
  readonly departments: number | null;
  /** Code of the strongest signal when it ended; empty where nothing was flagged. */
  readonly signal: string | null;
}

/** A rate and where the true one lies with 95 % confidence; each between 0 and 1. */
export interface Rate {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export interface Share {
  readonly hits: number;
  readonly of: number;
  /** Null below `FEWEST`: a share of a handful is an anecdote. */
  readonly rate: Rate | null;
}

export interface Group extends Share {
  /** A picklist value, a name, or a step such as `2+`; null for pilots of which it is not known. */
  readonly key: string | null;
}

export type Pattern =
  | 'structured'
  | 'type'
  | 'template'
  | 'purpose'
  | 'commitment'
  | 'extensions'
  | 'amendments'
  | 'firstValue'
  | 'departments';

export interface Learning {
  /** Converted of all that were decided. */
  readonly all: Share;
  /** Closed pilots that are in no rate, by outcome. */
  readonly leftOut: readonly { readonly outcome: string | null; readonly count: number }[];
  /** Converted, by what the pilots have in common. */
  readonly patterns: readonly { readonly id: Pattern; readonly groups: readonly Group[] }[];
  /** What stood on the pilots that did not convert: a share of those, not of all. */
  readonly losses: readonly Group[];
}

/** Fewer pilots than this give counts and no rate, everywhere. */
export const FEWEST = 8;

const STEPS = {
  structured: ['yes', 'no'],
  extensions: ['0', '1', '2+'],
  amendments: ['0', '1', '2+'],
  firstValue: ['week 1', 'week 2', 'later'],
  departments: ['0', '1', '2-3', '4+'],
} as const;

type KeyOf = (pilot: EndedPilot) => string | null;
const PATTERNS: Readonly<Record<Pattern, KeyOf>> = {
  structured: ({ isStructured }) => (isStructured === null ? null : isStructured ? 'yes' : 'no'),
  type: ({ type }) => type,
  template: ({ template }) => template,
  purpose: ({ purpose }) => purpose,
  commitment: ({ commitment }) => commitment,
  extensions: ({ extensions }) => times(extensions),
  amendments: ({ amendments }) => times(amendments),
  firstValue: ({ daysToFirstValue: days }) =>
    days === null ? null : days < 7 ? 'week 1' : days < 14 ? 'week 2' : 'later',
  departments: ({ departments: count }) =>
    count === null ? null : count < 2 ? String(Math.max(0, count)) : count < 4 ? '2-3' : '4+',
};

/** Conversion of the closed pilots, by each pattern; small groups keep their counts and get no rate. */
export function learn(pilots: readonly EndedPilot[]): Learning {
  const decided = pilots.filter(({ converted }) => converted !== null);
  const lost = decided.filter(({ converted }) => converted === 0);
  const others = pilots.filter(({ converted }) => converted === null);
  const ids = Object.keys(PATTERNS) as Pattern[];
  return {
    all: shareOf(decided.length - lost.length, decided.length),
    leftOut: sorted(byKey(others, ({ outcome }) => outcome)).map(([outcome, found]) => {
      return { outcome, count: found.length };
    }),
    patterns: ids.map((id) => ({ id, groups: groupsOf(decided, id) })),
    losses: sorted(byKey(lost, ({ signal }) => signal)).map(([key, found]) => {
      return { key, ...shareOf(found.length, lost.length) };
    }),
  };
}

function groupsOf(decided: readonly EndedPilot[], id: Pattern): Group[] {
  const groups = byKey(decided, PATTERNS[id]);
  const steps: readonly (string | null)[] = id in STEPS ? STEPS[id as keyof typeof STEPS] : [];
  const ordered = sorted(groups).sort(([a], [b]) => steps.indexOf(a) - steps.indexOf(b));
  // What is not known comes last, whatever the order of the rest.
  return [...ordered.filter(([key]) => key !== null), ...ordered.filter(([key]) => key === null)].map(
    ([key, found]) => {
      const hits = found.filter(({ converted }) => converted === 1).length;
      return { key, ...shareOf(hits, found.length) };
    },
  );
}

type Groups = Map<string | null, EndedPilot[]>;

function byKey(pilots: readonly EndedPilot[], keyOf: KeyOf): Groups {
  const groups: Groups = new Map();
  for (const pilot of pilots) {
    const key = keyOf(pilot);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [pilot]);
    else group.push(pilot);
  }
  return groups;
}

/** The largest first, then by name. */
function sorted(groups: Groups): [string | null, EndedPilot[]][] {
  return [...groups].sort(
    ([a, one], [b, other]) => other.length - one.length || ((a ?? '') < (b ?? '') ? -1 : 1),
  );
}

function times(count: number | null): string | null {
  return count === null ? null : count > 1 ? '2+' : String(Math.max(0, count));
}

function shareOf(hits: number, of: number): Share {
  if (of < FEWEST) return { hits, of, rate: null };
  return { hits, of, rate: { share: hits / of, ...wilsonInterval(hits, of) } };
}

/** 97.5 % quantile of the normal distribution: a two-sided 95 % interval. */
const Z_95 = 1.959963984540054;

/**
 * 95 % interval of a share, both ends between 0 and 1; without trials everything is possible. Wilson's score interval:
 * E. B. Wilson, JASA 22 (1927) 209–212; formula as in Newcombe, Statist. Med. 17 (1998) 857–872, method 3.
 */
export function wilsonInterval(hits: number, of: number): { readonly low: number; readonly high: number } {
  if (of === 0) return { low: 0, high: 1 };
  const share = hits / of;
  const zz = (Z_95 * Z_95) / of;
  const centre = share + zz / 2;
  const margin = Z_95 * Math.sqrt((share * (1 - share)) / of + zz / (4 * of));
  return { low: Math.max(0, (centre - margin) / (1 + zz)), high: Math.min(1, (centre + margin) / (1 + zz)) };
}
