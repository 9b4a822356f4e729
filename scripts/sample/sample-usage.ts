import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { businessDay, businessDays } from './business-day.ts';
import { pick, seededRandom, type Random } from './random.ts';
import { STORIES } from './stories.ts';
import type { Phase, Story, UsageStory } from './story.ts';

export interface SampleUsageOptions {
  readonly seed: string;
  /** No event is later than this. */
  readonly now: Date;
  readonly folder: string;
}

interface Event {
  readonly at: Date;
  readonly key: string;
  readonly user: string;
  readonly email: string;
  readonly event: string;
  readonly department: string;
  readonly invitedBy: string;
  readonly minutes: string;
}

const HOUR_MS = 3_600_000;
const HEARTBEAT_HOURS = 3;
const EVENTS = [
  'doc_opened',
  'doc_opened',
  'doc_saved',
  'comment_added',
  'reply_sent',
  'reply_sent',
  'report_exported',
];

/**
 * Writes the usage of the sample's customers as three exports would: the product's own (gzip, UTC), one of a
 * customer's installation (local times, other column names), which stopped, and one of the mobile app in which
 * somebody exported the staging tenant instead of the customers'. Same seed and `now`, same bytes.
 */
export async function makeSampleUsage({
  seed,
  now,
  folder,
}: SampleUsageOptions): Promise<{ files: string[] }> {
  await mkdir(folder, { recursive: true });
  const today = now.toISOString().slice(0, 10);
  const bySource = { product: [] as Event[], on_prem: [] as Event[] };
  for (const story of STORIES)
    if (story.usage)
      bySource[story.usage.source].push(
        ...storyEvents(story, story.usage, today, seededRandom(`${seed} ${story.account}`)),
      );
  bySource.product.push(...ownPeople(today), ...heartbeats(today, now));
  const past = (events: readonly Event[]) =>
    events
      .filter(({ at }) => at <= now)
      .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.user < b.user ? -1 : 1));
  const names = ['product-eu.csv.gz', 'on-prem.csv', 'mobile.csv'] as const;
  const files = names.map((name) => join(folder, name)) as [string, string, string];
  // A fixed gzip header keeps the file equal from run to run.
  await writeFile(files[0], gzipSync(productCsv(past(bySource.product)), { level: 6 }));
  await writeFile(files[1], onPremCsv(past(bySource.on_prem)));
  await writeFile(files[2], productCsv(past(staging(today, now))));
  return { files };
}

function storyEvents(story: Story, usage: UsageStory, today: string, random: Random): Event[] {
  return usage.phases.flatMap((phase) =>
    businessDays(businessDay(today, phase.from), businessDay(today, phase.to)).flatMap((day) =>
      Array.from({ length: phase.users }, (_, user) => user).flatMap((user) =>
        userDay({ story, usage, phase, day, user, random }),
      ),
    ),
  );
}

interface UserDay {
  readonly story: Story;
  readonly usage: UsageStory;
  readonly phase: Phase;
  readonly day: string;
  readonly user: number;
  readonly random: Random;
}

function userDay({ story, usage, phase, day, user, random }: UserDay): Event[] {
  if (user === 0 && phase.firstUserAway) return [];
  const isTop = user === 0 && phase.firstUserShare !== undefined;
  if (!isTop && random() >= phase.rhythm) return [];
  const share = phase.firstUserShare ?? 0;
  const others = (phase.users - 1) * phase.rhythm * phase.events;
  const mean = isTop ? (others * share) / (1 - share) : phase.events;
  const count = Math.max(1, Math.round(mean * (0.5 + random())));
  const [from, to] = usage.hours;
  const name = `${story.domain.split('.')[0]}-${String(user + 1).padStart(2, '0')}`;
  const sometimes = Object.entries(usage.sometimes ?? {}).flatMap(([event, chance]) =>
    random() < chance ? [event] : [],
  );
  const { departments, departmentSize } = usage;
  const place = departmentSize === undefined ? user : Math.floor(user / departmentSize);
  return Array.from({ length: count + sometimes.length }, (_, index) => {
    const event = sometimes[index - count] ?? pick(random, EVENTS);
    const at = new Date(Date.parse(day) + (from + random() * (to - from)) * HOUR_MS);
    at.setUTCMilliseconds(0);
    const minutes =
      event === 'reply_sent' ? String(Math.round((phase.replyMinutes ?? 60) * (0.6 + 0.8 * random()))) : '';
    return {
      at,
      key: usage.key,
      user: name,
      email: `person${user + 1}@${story.domain}`,
      event,
      department: departments[place % departments.length]!,
      invitedBy:
        user === 0 ? '' : `${story.domain.split('.')[0]}-${String(Math.ceil(user / 3)).padStart(2, '0')}`,
      minutes,
    };
  });
}

/** Our own people look into a customer's workspace; they are excluded and never count as usage. */
function ownPeople(today: string): Event[] {
  return STORIES.flatMap(({ usage, pilot }) =>
    usage?.source !== 'product'
      ? []
      : businessDays(businessDay(today, pilot.start - 2), businessDay(today, pilot.start + 1)).map((day) => ({
          ...NOBODY,
          at: new Date(`${day}T09:30:00Z`),
          key: usage.key,
          user: 'own-01',
          email: 'sam.okafor@pilot.example',
          event: 'doc_opened',
        })),
  );
}

/** A monitor touches each workspace every few hours, also at weekends: it shows that the export is alive. */
function heartbeats(today: string, now: Date): Event[] {
  return STORIES.flatMap(({ usage, pilot }) => {
    if (usage?.source !== 'product') return [];
    const beats = [];
    let at = Date.parse(businessDay(today, pilot.start - 2));
    for (; at <= now.getTime(); at += HEARTBEAT_HOURS * HOUR_MS)
      beats.push({ ...NOBODY, at: new Date(at), key: usage.key, user: 'svc-monitor', event: 'heartbeat' });
    return beats;
  });
}

/** Only our own people use the staging tenant, so not one of its rows counts. */
function staging(today: string, now: Date): Event[] {
  const days = businessDays(businessDay(today, -20), businessDay(today, 0));
  const visits = [...days.map((day) => Date.parse(`${day}T08:30:00Z`)), now.getTime() - HOUR_MS];
  return visits.map((at) => ({
    ...NOBODY,
    at: new Date(at - (at % 1000)),
    key: 'staging',
    user: 'own-02',
    email: 'ravi.menon@pilot.example',
    event: 'doc_opened',
  }));
}

const NOBODY = { email: '', department: '', invitedBy: '', minutes: '' };

function productCsv(events: readonly Event[]): string {
  const rows = events.map((event, index) => {
    const { at, key, user, email, department, invitedBy, minutes } = event;
    const id = `e${String(index + 1).padStart(7, '0')}`;
    return [
      id,
      at.toISOString().replace('.000Z', 'Z'),
      key,
      user,
      email,
      event.event,
      quoted(department),
      invitedBy,
      minutes,
    ].join(',');
  });
  // What a real export brings along: a time that is none, a row cut short, and one event delivered twice.
  const third = Math.floor(rows.length / 3);
  if (rows.length > 100) {
    rows.splice(third, 0, 'e9000001,yesterday,acme-eu,acme-02,person2@acme.example,doc_saved,Sales,acme-01,');
    rows.splice(third * 2, 0, 'e9000002,2026');
    rows.push(rows.findLast((row) => !row.includes('heartbeat'))!);
  }
  return [
    'event_id,event_time,usage_key,user_id,user_email,event,department,invited_by,minutes',
    ...rows,
    '',
  ].join('\n');
}

function onPremCsv(events: readonly Event[]): string {
  const rows = events.map(({ at, key, user, department, event }) =>
    [berlinTime(at), key, user, quoted(department), event].join(','),
  );
  return ['event_time,usage_key,login,team,action', ...rows, ''].join('\r\n');
}

const BERLIN = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Berlin',
  dateStyle: 'short',
  timeStyle: 'medium',
});

function berlinTime(at: Date): string {
  return BERLIN.format(at);
}

function quoted(text: string): string {
  return text.includes(',') ? `"${text}"` : text;
}
