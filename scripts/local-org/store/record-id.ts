const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * The 18-character form of a 15- or 18-character record id. The last three characters say which of the
 * first fifteen are capital letters, so that the id survives systems that ignore case.
 * https://help.salesforce.com/s/articleView?id=000383751
 */
export function toId18(id: string): string {
  const short = id.slice(0, 15);
  let suffix = '';
  for (let block = 0; block < 15; block += 5) {
    let bits = 0;
    for (let i = 0; i < 5; i++) if (isCapital(short.charCodeAt(block + i))) bits |= 1 << i;
    suffix += ALPHABET[bits];
  }
  return short + suffix;
}

const isCapital = (code: number): boolean => code >= 65 && code <= 90;

/** True for 15 characters, or for 18 whose checksum fits (in any letter case, as clients may fold it). */
export function isRecordId(text: string): boolean {
  if (!/^(?:[a-zA-Z0-9]{15}|[a-zA-Z0-9]{18})$/.test(text)) return false;
  return text.length === 15 || toId18(text).slice(15) === text.slice(15).toUpperCase();
}

/** A new id: key prefix of the object, two characters that name the local org, ten digits base 62. */
export function mintId(keyPrefix: string, sequence: number): string {
  let digits = '';
  for (let rest = sequence; digits.length < 10; rest = Math.floor(rest / 62))
    digits = DIGITS[rest % 62]! + digits;
  return toId18(`${keyPrefix}Lc${digits}`);
}

/** The n-th key prefix of custom objects (`a00`, `a01` …) or of custom metadata types (`m00` …). */
export const customKeyPrefix = (letter: 'a' | 'm', index: number): string =>
  letter + DIGITS[Math.floor(index / 62) % 62]! + DIGITS[index % 62]!;
