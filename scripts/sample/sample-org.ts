import { SAMPLE_MARK, SAMPLE_NOTE } from '../../force-app/main/default/lwc/pilotSample/sampleMark.ts';
import { businessDay } from './business-day.ts';
import { closeEnded } from './close-ended.ts';
import { create, update, type Fields, type SampleClient } from './sample-client.ts';
import { makeSampleUsers, SAMPLE_USERS, type SampleRole } from './sample-users.ts';
import { STORIES } from './stories.ts';
import type { Contact, Story } from './story.ts';

export interface SampleOrg {
  /** Usernames to log in with. */
  readonly users: Readonly<Record<SampleRole, string>>;
  readonly opportunities: readonly { readonly id: string; readonly name: string; readonly pilotId: string }[];
}

/** Ids of the records of one story, filled step by step. */
interface Made {
  readonly story: Story;
  account: string;
  contacts: Map<Contact, string>;
  opportunity: string;
  pilot: string;
}

export type SampleDeals = SampleOrg['opportunities'];

/** The sample with its own users, for an org that holds nothing else; `today` as in `enterSample`. */
export async function makeSampleOrg(client: SampleClient, { today }: { today: string }): Promise<SampleOrg> {
  const users = await makeSampleUsers(client);
  const opportunities = await enterSample(client, { today, users });
  const names = Object.entries(SAMPLE_USERS).map(([role, { username }]) => [role, username]);
  return { users: Object.fromEntries(names) as Record<SampleRole, string>, opportunities };
}

/**
 * Enters the sample into an org the way people would: customers, deals, then each pilot with what was agreed
 * before it started, signed, started, and what happened since. Writes no field that the sync writes.
 * `today` is the day (YYYY-MM-DD) from which all dates are counted, `users` the ids of who does what.
 */
export async function enterSample(
  client: SampleClient,
  { today, users }: { today: string; users: Users },
): Promise<SampleDeals> {
  const day = (offset: number) => businessDay(today, offset);
  const made = STORIES.map((story): Made => ({
    story,
    account: '',
    contacts: new Map(),
    opportunity: '',
    pilot: '',
  }));
  await makeCustomers(client, made, users, day);
  await makePilots(client, made, users, day);
  await makeAgreements(client, made, day);
  await signAndStart(client, made, users, day);
  await makeEvents(client, made, users, day);
  await closeEnded(client, made, day);
  return made.map(({ story, opportunity, pilot }) => ({
    id: opportunity,
    name: story.deal.name,
    pilotId: pilot,
  }));
}

type Users = Readonly<Record<SampleRole, string>>;
type DayOf = (offset: number) => string;

async function makeCustomers(
  client: SampleClient,
  made: readonly Made[],
  users: Users,
  day: DayOf,
): Promise<void> {
  // A customer may have bought after one pilot and be in the next.
  const customers = [...new Map(made.map(({ story }) => [story.account, story])).values()];
  const accounts = await create(
    client,
    'Account',
    customers.map((story) => ({
      Name: story.account,
      AccountNumber: SAMPLE_MARK,
      Description: SAMPLE_NOTE,
      Website: `https://www.${story.domain}`,
      BillingCountry: story.country,
      OwnerId: users.rep,
    })),
  );
  const accountOf = new Map(customers.map(({ account }, index) => [account, accounts[index]!]));
  made.forEach((one) => (one.account = accountOf.get(one.story.account)!));

  const people = made.flatMap((one) => peopleOf(one.story).map((contact) => ({ one, contact })));
  const contacts = await create(
    client,
    'Contact',
    people.map(({ one, contact }) => ({
      FirstName: contact.first,
      LastName: contact.last,
      Title: contact.title,
      Email: `${contact.first}.${contact.last}@${one.story.domain}`.toLowerCase(),
      AccountId: one.account,
      Description: SAMPLE_NOTE,
      OwnerId: users.rep,
    })),
  );
  people.forEach(({ one, contact }, index) => one.contacts.set(contact, contacts[index]!));

  const opportunities = await create(
    client,
    'Opportunity',
    made.map(({ story, account }) => ({
      Name: story.deal.name,
      AccountId: account,
      Amount: story.deal.amount,
      Description: SAMPLE_NOTE,
      StageName: 'Proposal/Price Quote',
      CloseDate: day(story.deal.closes),
      OwnerId: users.rep,
    })),
  );
  made.forEach((one, index) => (one.opportunity = opportunities[index]!));
}

function peopleOf({ sponsor, champion, lead }: Story): Contact[] {
  return [sponsor, champion, lead].filter((contact) => contact !== null);
}

async function makePilots(
  client: SampleClient,
  made: readonly Made[],
  users: Users,
  day: DayOf,
): Promise<void> {
  const ids = await create(
    client,
    'Pilot__c',
    made.map((one) => pilotFields(one, users, day)),
  );
  made.forEach((one, index) => (one.pilot = ids[index]!));
}

function pilotFields({ story, opportunity, contacts }: Made, users: Users, day: DayOf): Fields {
  const { pilot, sponsor, champion, lead } = story;
  const idOf = (contact: Contact | null) => (contact === null ? null : (contacts.get(contact) ?? null));
  return {
    Name: pilot.name,
    Opportunity__c: opportunity,
    Type__c: pilot.type,
    Purpose__c: pilot.purpose,
    Template_Name__c: pilot.template ?? null,
    Status__c: 'Qualified',
    Usage_Source__c: pilot.source,
    Scope__c: `${pilot.users} people of ${pilot.department} answer customers in the workspace.`,
    Department__c: pilot.department,
    Restriction__c: pilot.restriction ?? 'Users',
    Gated_Features__c: pilot.restriction ? 'Single sign-on, audit log' : null,
    Planned_Users__c: pilot.users,
    Licensed_Users__c: pilot.restriction ? null : pilot.users,
    Planned_Departments__c: pilot.departments,
    Start_Date__c: day(pilot.start),
    End_Date__c: day(pilot.firstEnd ?? pilot.end),
    Readout_Date__c: day(pilot.readout),
    Decision_Date__c: day(pilot.decision),
    Next_Check_In__c: pilot.nextCheckIn === undefined ? null : day(pilot.nextCheckIn),
    Time_Zone__c: story.timeZone,
    Holiday_Region__c: story.region,
    Rhythm__c: 'Daily',
    Budget_Approved__c: true,
    Decision_Maker_Engaged__c: sponsor !== null,
    Business_Driver_Known__c: true,
    Failure_Criteria_Clear__c: true,
    Scope_Is_Narrow__c: true,
    Resources_Available__c: true,
    Commitment_Level__c: pilot.commitment ?? 'Collaborative',
    Customer_Sponsor__c: idOf(sponsor),
    Champion__c: idOf(champion),
    Customer_Lead__c: idOf(lead),
    Vendor_Sponsor__c: users.manager,
    Success_Manager__c: users.successManager,
    Sales_Engineer__c: users.salesEngineer,
    Enterprise_Users__c: pilot.users * 20,
    Hours_Saved_Per_User_Week__c: 0.4,
    Loaded_Hourly_Cost__c: 50,
    Weeks_Per_Year__c: 52,
  };
}

async function makeAgreements(client: SampleClient, made: readonly Made[], day: DayOf): Promise<void> {
  const each = (rows: (one: Made) => readonly Fields[]) => made.flatMap(rows);
  const criteria = each(({ story, pilot, contacts }) =>
    story.criteria.map((criterion) => ({
      Pilot__c: pilot,
      Name: criterion.name,
      Kind__c: criterion.kind,
      Must_Have__c: criterion.mustHave ?? false,
      Weight__c: 1,
      Metric__c: criterion.metric ?? null,
      Window__c: criterion.window ?? null,
      Direction__c: criterion.direction,
      Unit__c: criterion.unit,
      Baseline__c: criterion.baseline,
      Target__c: criterion.target,
      Decided_By__c: contacts.get(story.champion) ?? null,
      Measured_By__c: criterion.metric === undefined ? 'By hand' : 'Usage data',
      Measure_Every__c: criterion.metric === undefined ? 'Once' : 'Daily',
      ...(criterion.actual === undefined ? {} : { Actual__c: criterion.actual }),
    })),
  );
  await create(client, 'SuccessCriterion__c', criteria);
  const terms = each(({ story, pilot }) =>
    story.terms.map((term) => ({
      Pilot__c: pilot,
      Name: term.name,
      Kind__c: term.kind,
      Amount__c: term.amount,
      Billing__c: term.billing,
      Status__c: term.status,
      Trigger__c: 'Must-haves',
      ...(term.status === 'Agreed' ? { Agreed_On__c: day(story.pilot.start - 5) } : {}),
      ...(term.validTo === undefined ? {} : { Price_Valid_To__c: day(term.validTo) }),
    })),
  );
  await create(client, 'ConversionTerm__c', terms);
  const keys = each(({ story, pilot }) =>
    story.links.map(({ source, key }) => ({
      Pilot__c: pilot,
      Source__c: source,
      Key__c: key,
      Matched_By__c: 'By hand',
    })),
  );
  await create(client, 'PilotUsageKey__c', keys);
}

async function signAndStart(
  client: SampleClient,
  made: readonly Made[],
  users: Users,
  day: DayOf,
): Promise<void> {
  const started = made.map(({ story, pilot, contacts }) => ({
    id: pilot,
    Status__c: 'Active',
    ...(story.pilot.isSigned === false
      ? {}
      : {
          Criteria_Signed_On__c: day(story.pilot.start - 3),
          Signed_By_Customer__c: contacts.get(story.sponsor ?? story.champion)!,
          Signed_By_Vendor__c: users.manager,
        }),
  }));
  await update(client, 'Pilot__c', started);
}

async function makeEvents(
  client: SampleClient,
  made: readonly Made[],
  users: Users,
  day: DayOf,
): Promise<void> {
  const checkIns = made.flatMap(({ story, pilot }) =>
    story.checkIns.map(({ held, sponsorAttended, issues, nextWeek }) => ({
      Pilot__c: pilot,
      Held_On__c: day(held),
      Sentiment__c: 'Neutral',
      Sponsor_Attended__c: sponsorAttended,
      Issues__c: issues,
      Next_Week__c: nextWeek,
    })),
  );
  await create(client, 'PilotCheckIn__c', checkIns);
  const kickOffs = made.map(({ story, opportunity }) => ({
    Subject: 'Kick-off',
    WhatId: opportunity,
    StartDateTime: `${day(story.pilot.start)}T09:00:00.000Z`,
    EndDateTime: `${day(story.pilot.start)}T10:00:00.000Z`,
  }));
  await create(client, 'Event', kickOffs);
  const commitments = made.flatMap(({ story, pilot }) =>
    story.commitments.map(({ name, party, kind, due, isDone, owner, hours }) => ({
      Pilot__c: pilot,
      Name: name,
      Party__c: party,
      Kind__c: kind,
      Due_On__c: due === undefined ? null : day(due),
      Done__c: isDone,
      Done_On__c: isDone && due !== undefined ? day(due) : null,
      Owner_User__c: owner === undefined ? null : users[owner],
      Hours__c: hours?.promised ?? null,
      Hours_Spent__c: hours?.spent ?? null,
    })),
  );
  await create(client, 'PilotCommitment__c', commitments);
  const later = made.flatMap(({ story: { pilot }, pilot: id }) => {
    const changes: Fields = {
      ...(pilot.firstEnd === undefined
        ? {}
        : { End_Date__c: day(pilot.end), Extension_Reason__c: 'The data import took two weeks longer.' }),
      ...(pilot.sponsorLeft === undefined ? {} : { Sponsor_Left_On__c: day(pilot.sponsorLeft) }),
      ...(pilot.status === 'Active' ? {} : { Status__c: pilot.status }),
    };
    return Object.keys(changes).length === 0 ? [] : [{ id, ...changes }];
  });
  await update(client, 'Pilot__c', later);
}
