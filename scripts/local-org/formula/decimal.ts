// Salesforce computes in decimals of 39 digits; numbers here are doubles brought back to 15 digits after each step,
// which gives the same value for everything a number field can hold and JSON can carry exactly.

/** Removes the noise of binary fractions: 0.1 + 0.2 is 0.3. */
export const exact = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(15)));

/** Rounds halves away from zero (BigDecimalHelper.round with HALF_UP on the absolute value). */
export function roundTo(value: number, scale: number, direction: 'half' | 'down' = 'half'): number {
  const shifted = shift(Math.abs(exact(value)), scale);
  const whole = direction === 'half' ? Math.floor(shifted + 0.5) : Math.floor(shifted);
  const rounded = shift(whole, -scale);
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}

/** Digits without exponent or trailing zeros (BigDecimal.toPlainString). */
export function plainText(value: number): string {
  const text = String(value);
  if (!/e/.test(text)) return text;
  return value.toLocaleString('en-US', {
    useGrouping: false,
    maximumFractionDigits: 20,
    maximumSignificantDigits: 17,
  });
}

function shift(value: number, digits: number): number {
  const [mantissa, exponent = '0'] = String(value).split('e');
  return Number(`${mantissa}e${Number(exponent) + digits}`);
}
