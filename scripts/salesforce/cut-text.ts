/**
 * The text in at most `most` UTF-16 units, which is how Salesforce counts a field's length; a cut text ends in "…".
 * A character outside the basic plane is kept or left out whole: half of one is stored as U+FFFD.
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = most - 1;
  return `${text.slice(0, text.slice(0, end).isWellFormed() ? end : end - 1)}…`;
}
