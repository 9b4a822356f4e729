/**
 * An answer as it may be kept: record ids by their object's prefix, tokens, the org's address and the caller's
 * name replaced.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const named = secrets
    .filter((secret) => secret !== '')
    .reduce((all, secret) => all.replaceAll(secret, '<redacted>'), text);
  return (
    named
      .replace(/00D\w{12,15}![\w.]+/g, '<token>')
      .replace(/\b(?=[a-zA-Z0-9]*\d)([a-zA-Z0-9]{3})[a-zA-Z0-9]{12}(?:[A-Z0-5]{3})?\b/g, '<id $1>')
      // Only from the beginning of a word: a page of long texts would be tried from each of its characters.
      .replace(/(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+/g, '<mail>')
  );
}
