import type { NetworkChampion } from '../../force-app/main/default/lwc/pilotSpread/pilotSpread.ts';
import type { Risk } from '../domain/evaluation.ts';
import type { ExplainedRule, Explanation } from '../insight/explain.ts';
import type { VerdictChange } from '../insight/verdict-changes.ts';

type Values = ExplainedRule['observed'];

/** An explanation as text for people: verdict, facts, every rule, what would change it. */
export function explainText(explanation: Explanation): string {
  const { pilot, health, reason, storedHealth, rules, changes } = explanation;
  return [
    `${pilot.name} (${pilot.id}), ${pilot.opportunity}`,
    `${health}. ${reason}`,
    storedText(health, storedHealth),
    '',
    'Facts',
    ...factLines(explanation).map((line) => `  ${line}`),
    '',
    'Spread',
    ...spreadLines(explanation).map((line) => `  ${line}`),
    '',
    'Rules that speak',
    ...lines(rules.filter(({ said, fired }) => fired || said !== null).flatMap(firedLines)),
    '',
    'Rules that are silent',
    ...lines(rules.filter(({ said, fired }) => !fired && said === null).flatMap(silentLines)),
    '',
    'What would change the verdict',
    ...lines(changes.map((change) => `  ${changeText(change, health)}`)),
    '',
  ].join('\n');
}

function lines(found: readonly string[]): readonly string[] {
  return found.length > 0 ? found : ['  none'];
}

function storedText(health: string, stored: string | null): string {
  if (stored === null) return 'The org holds no verdict yet.';
  return stored === health
    ? 'The org holds the same.'
    : `The org still holds ${stored}; the next sync writes ${health}.`;
}

const CHAMPION: Readonly<Record<Explanation['champion']['match'], string>> = {
  matched: 'found among the users by e-mail address',
  notNamed: 'none is named; only the most active user is watched',
  noData: 'not matched, for the data show no users',
  noAddress: 'not matched, for the contact has no e-mail address; only the most active user is watched',
  noUserAddresses: 'not matched, for the data hold no e-mail addresses; only the most active user is watched',
  notSeen: 'not matched, for no user has their e-mail address; only the most active user is watched',
};

function factLines({ pilot, champion, today, dataTo, usage, links, risk }: Explanation): string[] {
  const known = (value: string | number | null, unit = '') =>
    value === null ? 'not known' : `${value}${unit}`;
  const day = (value: string | null) => value ?? 'not entered';
  return [
    `${pilot.status} ${pilot.type ?? 'pilot'} from ${day(pilot.start)} to ${day(pilot.end)}; today ${today}, data to ${known(dataTo)}`,
    `licensed users ${known(pilot.licensedUsers)}; rhythm ${pilot.rhythm ?? 'daily'}; holidays of ${pilot.region ?? 'no region'}`,
    `linked to ${links.map(({ source, key }) => `${source} ${key}`).join(', ') || 'nothing'}`,
    `champion${champion.name === null ? '' : ` ${champion.name}`}: ${CHAMPION[champion.match]}`,
    `active users ${known(usage.activeUsers7d)} in 7 days, ${known(usage.activeUsers28d)} in 28; events in 7 days ${known(usage.events7d)}; departments ${known(usage.activeDepartments)}`,
    `change ${known(usage.usageChangePercent, ' %')}; first use ${known(usage.firstValueOn)}, last use ${known(usage.lastUsageOn)}`,
    risk === null ? 'risk not known: usage is not judged, or for too few days' : riskText(risk),
  ];
}

function spreadLines({ spread }: Explanation): string[] {
  if (spread === null) return ['not known: the data show no people, or cannot be believed'];
  return [
    spread.stage,
    ...spread.because.map((reason) => `  ${reason}`),
    ...(spread.next === null ? [] : [`Next: ${spread.next}`]),
    ...spread.spread,
    ...spread.champions.map(championText),
  ];
}

function championText(champion: NetworkChampion, place: number): string {
  const { person, contactId, department, reach, lastOn, downstreamPercent } = champion;
  const who = contactId === null ? `user ${person}` : `contact ${contactId}`;
  return `champion ${place + 1}, ${who}${department === null ? '' : ` of ${department}`}: brought in ${reach.join(' + ')} people by one, two and more steps, ${downstreamPercent} % of those active; last active ${lastOn}`;
}

/** The risk with its contributions: to three decimals, so that what is printed adds up within 0.01. */
export function riskText({ percent, logit, contributions }: Risk): string {
  const summands = contributions.map(({ key, value }) => `${key} ${value.toFixed(3)}`);
  return `risk ${percent} % (log-odds ${logit.toFixed(3)} = ${summands.join(' + ')})`;
}

function firedLines({ code, said, observed, threshold }: ExplainedRule): string[] {
  const head = said
    ? `${said.state === 'On track' ? 'To tidy' : said.state} since ${said.since}: ${said.evidence} ${said.nextStep}`
    : 'fired';
  return [`  ${code}  ${head}`, ...measured(observed, threshold)];
}

function silentLines({ code, off, silentBecause, observed, threshold }: ExplainedRule): string[] {
  return [`  ${code}  ${off ? 'off: ' : ''}${silentBecause ?? ''}`, ...measured(observed, threshold)];
}

function measured(observed: Values, threshold: Values): string[] {
  const parts = [
    ...(Object.keys(observed).length > 0 ? [`seen: ${valuesText(observed)}`] : []),
    ...(Object.keys(threshold).length > 0 ? [`threshold: ${valuesText(threshold)}`] : []),
  ];
  return parts.map((part) => `      ${part}`);
}

/** `idleBusinessDays: 3` as "idle business days 3". */
function valuesText(values: Values): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        `${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${typeof value === 'number' ? Number(value.toPrecision(4)) : (value ?? 'none')}`,
    )
    .join(', ');
}

function changeText(change: VerdictChange, health: string): string {
  const becomes = (other: string): string => (other === health ? `still ${other}` : other);
  switch (change.kind) {
    case 'withoutSignal':
      return `without ${change.code}: ${becomes(change.health)}`;
    case 'withoutSnooze':
      return `without the snooze (to ${change.until}): ${becomes(change.health)}`;
    case 'dataBelieved':
      return `if the data to ${change.dataTo} could be believed: ${becomes(change.health)}`;
    case 'nobodyUsesIt':
      return `if nobody uses it from now on: ${futureText(change, `${health} for the next ${change.days} days`)}`;
    case 'everybodyUsesIt':
      return `if ${change.people === 1 ? 'the one person' : `all ${change.people} people`} use it every business day from now on: ${futureText(change, `not better within ${change.days} days`)}`;
  }
}

function futureText(
  {
    change,
  }: Extract<VerdictChange, { kind: 'nobodyUsesIt' }> | Extract<VerdictChange, { kind: 'everybodyUsesIt' }>,
  otherwise: string,
): string {
  if (change === null) return otherwise;
  return `${change.health} on ${change.on}${change.because === null ? '' : ` (${change.because})`}`;
}
