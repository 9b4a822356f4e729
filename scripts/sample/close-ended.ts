import { query, update, type SampleClient } from './sample-client.ts';
import type { Story } from './story.ts';

interface Entered {
  readonly story: Story;
  readonly pilot: string;
  readonly opportunity: string;
}

/**
 * Ends the pilots whose stories say how: agreed terms of a converted one are invoked, the pilot is closed with its
 * outcome, and last the deal is won or lost. `day` turns a story's offset into a date.
 */
export async function closeEnded(
  client: SampleClient,
  entered: readonly Entered[],
  day: (offset: number) => string,
): Promise<void> {
  const ended = entered.flatMap(({ story, ...ids }) => {
    const { ended: how } = story.pilot;
    return how === undefined ? [] : [{ ...ids, how, decided: day(how.decided) }];
  });
  const converted = new Map(
    ended.filter(({ how }) => how.outcome === 'Converted').map(({ pilot, decided }) => [pilot, decided]),
  );
  const terms = await query(client, "SELECT Id, Pilot__c FROM ConversionTerm__c WHERE Status__c = 'Agreed'");
  await update(
    client,
    'ConversionTerm__c',
    terms.flatMap((row) => {
      const invoked = converted.get(String(row['Pilot__c']));
      if (invoked === undefined) return [];
      return [{ id: String(row['Id']), Status__c: 'Invoked', Invoked_On__c: invoked }];
    }),
  );
  await update(
    client,
    'Pilot__c',
    ended.map(({ pilot, how, decided }) => ({
      id: pilot,
      Status__c: 'Closed',
      Outcome__c: how.outcome,
      Outcome_Reason__c: how.reason,
      Decided_On__c: decided,
    })),
  );
  await update(
    client,
    'Opportunity',
    ended.map(({ opportunity, how }) => ({
      id: opportunity,
      StageName: how.outcome.startsWith('Converted') ? 'Closed Won' : 'Closed Lost',
    })),
  );
}
