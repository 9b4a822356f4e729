/**
 * Whether a text names one of these ids. An id counts where it stands alone: as a whole JSON string, or between
 * characters that cannot belong to it. Ids that are also ordinary words of a sentence, all digits or shorter than
 * four characters, count only in quotes: "7 of 330 rows" names no user 7.
 */
export function mentions(text: string | null, ids: readonly string[]): boolean {
  if (text === null) return false;
  return ids.some((id) => {
    const isWord = id.length < 4 || /^\d+$/.test(id);
    if (text.includes(JSON.stringify(id))) return true;
    return (
      !isWord && new RegExp(`(?<![\\p{L}\\p{N}_@.-])${escaped(id)}(?![\\p{L}\\p{N}_@-])`, 'u').test(text)
    );
  });
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
