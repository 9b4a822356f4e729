// Deals as big as they get: pilots with a year of daily usage and what people enter in it.
import { SYNC } from '../preview/stalled-pilot.test-support.ts';
import type { Scene } from '../preview/stalled-pilot.test-support.ts';

const DAYS = 365;
const DAY_MS = 86_400_000;
const CHECK_INS = 20;
const FIRST_DAY = Date.parse('2025-11-18');

const dayOf = (index: number): string => new Date(FIRST_DAY + index * DAY_MS).toISOString().slice(0, 10);

/** The id of a new deal with `count` pilots. */
export async function makeYearOfPilots(scene: Scene, count: number): Promise<string> {
  const AccountId = await scene.create('Account', { Name: 'Umbrella' });
  const terms = { StageName: 'Prospecting', CloseDate: '2026-12-20' };
  const deal = await scene.create('Opportunity', { Name: `Umbrella ${count}`, AccountId, ...terms });
  for (let index = 0; index < count; index += 1) await makePilot(scene, deal, index);
  return deal;
}

async function makePilot(scene: Scene, deal: string, index: number): Promise<void> {
  const pilot = await scene.create('Pilot__c', {
    Name: `Year ${index + 1}`,
    Opportunity__c: deal,
    Type__c: 'Pilot',
    Status__c: 'Active',
    Usage_Source__c: 'Linked',
    Start_Date__c: dayOf(index),
    End_Date__c: '2026-12-04',
    Planned_Users__c: 250,
    Licensed_Users__c: 250,
  });
  for (const Name of ['Weekly users', 'Reply time', 'Hours saved', 'Errors']) {
    const numbers = { Kind__c: 'Adoption', Direction__c: 'At least', Baseline__c: 0, Target__c: 20 };
    await scene.create('SuccessCriterion__c', { Pilot__c: pilot, Name, ...numbers });
  }
  for (let week = 0; week < CHECK_INS; week += 1) {
    const text = { Sentiment__c: 'Neutral', Issues__c: 'SSO is not open yet.', Next_Week__c: 'Finance.' };
    await scene.create('PilotCheckIn__c', { Pilot__c: pilot, Held_On__c: dayOf(week * 7), ...text });
  }
  await scene.update('Pilot__c', pilot, verdict(), SYNC);
}

function verdict(): object {
  const users = Array.from({ length: DAYS }, (_, day) => (day % 7 < 5 ? 100 + (day % 13) : 0));
  const series = { version: 1, from: dayOf(0), users, events: users.map((count) => count * 4), off: [] };
  return {
    Health__c: 'On track',
    Active_Users_7d__c: 112,
    Signals__c: JSON.stringify({ version: 1, signals: [], toTidy: [], note: null }),
    Usage_Series__c: JSON.stringify(series),
    Usage_Complete_To__c: '2026-11-17',
    Stale_After__c: '2026-11-19T12:00:00Z',
    Synced_At__c: '2026-11-17T06:10:00Z',
  };
}
