// Wilson's score interval: E. B. Wilson, JASA 22 (1927) 209–212; formula as in Newcombe, Statist. Med. 17 (1998) 857–872, method 3.

/** 97.5 % quantile of the normal distribution: a two-sided 95 % interval. */
const Z_95 = 1.959963984540054;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** 95 % interval of a share, both ends between 0 and 1; without trials everything is possible. */
export function wilsonInterval(hits: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const share = hits / of;
  const zz = (Z_95 * Z_95) / of;
  const centre = share + zz / 2;
  const margin = Z_95 * Math.sqrt((share * (1 - share)) / of + zz / (4 * of));
  return { low: Math.max(0, (centre - margin) / (1 + zz)), high: Math.min(1, (centre + margin) / (1 + zz)) };
}
