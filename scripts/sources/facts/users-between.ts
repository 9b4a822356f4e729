const BITS = 32;

/**
 * How many users were active on any day of a span, asked for many spans of one pilot: a bit per user and day, so that
 * a span costs a few tests a user. `activeDays` are day numbers, ascending, one list per user.
 */
export function usersBetween(activeDays: readonly Uint16Array[]): (first: number, last: number) => number {
  let start = Infinity;
  let end = -Infinity;
  for (const days of activeDays) {
    start = Math.min(start, days[0]!);
    end = Math.max(end, days[days.length - 1]!);
  }
  const words = activeDays.length === 0 ? 0 : Math.floor((end - start) / BITS) + 1;
  const bits = new Uint32Array(words * activeDays.length);
  activeDays.forEach((days, user) => {
    for (let at = 0; at < days.length; at++) {
      const day = days[at]! - start;
      bits[user * words + (day >>> 5)]! |= 1 << (day & 31);
    }
  });
  return (first, last) => {
    const from = Math.max(first, start) - start;
    const to = Math.min(last, end) - start;
    if (!(from <= to)) return 0;
    const masks = masksOf(from, to);
    let count = 0;
    for (let user = 0; user < activeDays.length; user++)
      for (let word = from >>> 5, at = 0; at < masks.length; word++, at++)
        if ((bits[user * words + word]! & masks[at]!) !== 0) {
          count++;
          break;
        }
    return count;
  };
}

/** Per word from that of `from` to that of `to`, the bits of the span in it. */
function masksOf(from: number, to: number): number[] {
  const masks: number[] = [];
  for (let word = from >>> 5; word <= to >>> 5; word++) {
    const low = Math.max(0, from - word * BITS);
    const high = Math.min(BITS - 1, to - word * BITS);
    masks.push((-1 << low) & (-1 >>> (BITS - 1 - high)));
  }
  return masks;
}
