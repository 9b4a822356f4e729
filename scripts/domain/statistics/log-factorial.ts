const known: number[] = [0];

/** ln(n!) for whole n ≥ 0, by summing logarithms; sums are kept, for tests ask for the same ones again. */
export function logFactorial(n: number): number {
  for (let next = known.length; next <= n; next += 1) known.push(known[next - 1]! + Math.log(next));
  return known[n]!;
}
