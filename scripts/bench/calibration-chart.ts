// How often pilots of each risk died, as a table of bins and as a picture of them.
import { wilsonInterval } from '../domain/statistics/wilson.ts';

/** Pilots whose risk is at least `from` and below `to` (0..1; the last bin includes 1). */
export interface RiskBin {
  readonly from: number;
  readonly to: number;
  readonly pilots: number;
  readonly died: number;
  /** Mean of the predicted risks, 0..1. */
  readonly predicted: number;
}

const BINS = 10;

/** Ten equal bins of the predicted risk (0..1); empty ones are left out. */
export function riskBins(cases: readonly { readonly risk: number; readonly died: boolean }[]): RiskBin[] {
  const byBin = Map.groupBy(cases, ({ risk }) => Math.min(BINS - 1, Math.floor(risk * BINS)));
  return [...byBin]
    .toSorted(([a], [b]) => a - b)
    .map(([bin, own]) => ({
      from: bin / BINS,
      to: (bin + 1) / BINS,
      pilots: own.length,
      died: own.filter(({ died }) => died).length,
      predicted: own.reduce((sum, { risk }) => sum + risk, 0) / own.length,
    }));
}

const SIZE = 480;
const LEFT = 64;
const TOP = 40;

/** An SVG: predicted risk to the right, observed share upwards with its 95 % interval, the diagonal is perfect. */
export function calibrationChart(bins: readonly RiskBin[], title: string): string {
  const x = (share: number): string => (LEFT + share * SIZE).toFixed(1);
  const y = (share: number): string => (TOP + (1 - share) * SIZE).toFixed(1);
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    `<line x1="${x(share)}" y1="${y(0)}" x2="${x(share)}" y2="${y(1)}" stroke="#ddd"/>`,
    `<line x1="${x(0)}" y1="${y(share)}" x2="${x(1)}" y2="${y(share)}" stroke="#ddd"/>`,
    `<text x="${x(share)}" y="${TOP + SIZE + 20}" text-anchor="middle">${share * 100} %</text>`,
    `<text x="${LEFT - 8}" y="${y(share)}" text-anchor="end" dominant-baseline="middle">${share * 100} %</text>`,
  ]);
  const points = bins.flatMap(({ predicted, died, pilots }, index) => {
    const { low, high } = wilsonInterval(died, pilots);
    const [at, observed] = [x(predicted), y(died / pilots)];
    // Above and below by turns: neighbours may stand closer together than their counts are wide.
    const beside = index % 2 === 0 ? -6 : 14;
    return [
      `<line x1="${at}" y1="${y(low)}" x2="${at}" y2="${y(high)}" stroke="#0b5cab" stroke-width="2"/>`,
      `<circle cx="${at}" cy="${observed}" r="5" fill="#0b5cab"><title>${died} of ${pilots} died</title></circle>`,
      `<text x="${Number(at) + 8}" y="${Number(observed) + beside}">${died} of ${pilots}</text>`,
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + SIZE + 56} ${TOP + SIZE + 56}" font-family="sans-serif" font-size="12" role="img">`,
    `<title>${title}</title>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="${LEFT}" y="22" font-size="15">${title}</text>`,
    ...ticks,
    `<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#888" stroke-dasharray="5 4"/>`,
    ...points,
    `<text x="${x(0.5)}" y="${TOP + SIZE + 44}" text-anchor="middle">predicted risk (Risk__c)</text>`,
    `<text transform="translate(16 ${y(0.5)}) rotate(-90)" text-anchor="middle">share that died, 95 % interval</text>`,
    '</svg>',
    '',
  ].join('\n');
}
