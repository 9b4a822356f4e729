// Logistic regression on a few inputs, for asking whether one of them adds anything.

export interface Sample {
  readonly inputs: readonly number[];
  readonly died: boolean;
}

/** Chance of dying, 0..1, by inputs. */
export type Predict = (inputs: readonly number[]) => number;

const STEPS = 25;
/** A penalty of half of it times the squared weight of a standardised input: keeps them finite where cases separate. */
const RIDGE = 1;

/** Penalised maximum likelihood by Newton's method; S. le Cessie & J. C. van Houwelingen, Appl. Statist. 41 (1992) 191. */
export function fitRidge(samples: readonly Sample[]): Predict {
  const size = samples[0]?.inputs.length ?? 0;
  const scales = Array.from({ length: size }, (_, at) => scaleOf(samples.map(({ inputs }) => inputs[at]!)));
  const row = (inputs: readonly number[]): number[] => [
    1,
    ...inputs.map((value, at) => (value - scales[at]!.mean) / scales[at]!.deviation),
  ];
  const rows = samples.map(({ inputs, died }) => ({ x: row(inputs), y: Number(died) }));
  let weights = new Array<number>(size + 1).fill(0);
  for (let step = 0; step < STEPS; step += 1) {
    const penalty = weights.map((_, at) => (at === 0 ? 0 : RIDGE));
    const score = weights.map((weight, at) => -penalty[at]! * weight);
    const information = weights.map((_, a) => weights.map((__, b) => (a === b ? penalty[a]! : 0)));
    for (const { x, y } of rows) {
      const p = sigmoid(dot(weights, x));
      x.forEach((value, a) => {
        score[a]! += (y - p) * value;
        x.forEach((other, b) => (information[a]![b]! += p * (1 - p) * value * other));
      });
    }
    const change = solve(information, score);
    weights = weights.map((weight, at) => weight + change[at]!);
  }
  return (inputs) => sigmoid(dot(weights, row(inputs)));
}

function scaleOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0);
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** Gauss elimination of a symmetric positive definite matrix: no pivoting needed. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at]!]);
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot += 1)
    for (let at = 0; at < size; at += 1) {
      if (at === pivot) continue;
      const factor = rows[at]![pivot]! / rows[pivot]![pivot]!;
      for (let column = pivot; column <= size; column += 1)
        rows[at]![column]! -= factor * rows[pivot]![column]!;
    }
  return rows.map((row, at) => row[size]! / row[at]!);
}
