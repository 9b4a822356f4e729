// The meetings in lines, newest first: no DOM.
import { sayTo } from 'c/pilotReader';
import type { Reader } from 'c/pilotReader';
import type { CheckIn } from 'c/pilotRecord';

export interface CheckInView {
  readonly id: string;
  /** "Wed 28 Oct · So-so · with the sponsor" */
  readonly headline: string;
  readonly lines: readonly { readonly key: string; readonly text: string }[];
}

/** What was said, each part with its name. */
export function checkInView(checkIn: CheckIn, reader: Reader): CheckInView {
  const say = sayTo(reader);
  const { id, heldOn, mood, hasSponsor } = checkIn;
  const moodName =
    mood === null || reader.words[`Pilot_Mood_${mood}`] === undefined ? mood : say(`Pilot_Mood_${mood}`);
  const headline = [
    heldOn === null ? null : say('Pilot_Time_day', { day: heldOn }),
    moodName,
    hasSponsor ? say('Pilot_Check_in_with_sponsor') : null,
  ];
  const parts = { numbers: checkIn.numbers, blocked: checkIn.blockers, plan: checkIn.nextWeek };
  return {
    id,
    headline: headline.filter((part) => part !== null).join(' · '),
    lines: Object.entries(parts).flatMap(([key, text]) =>
      text === null ? [] : [{ key, text: say(`Pilot_Check_in_line_${key}`, { text }) }],
    ),
  };
}
