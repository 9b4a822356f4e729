// What a formula mentions, without evaluating it: functions, names, text. Enough for every rule about
// references; whether it type-checks is the compiler's business.

export interface Mention {
  readonly name: string;
  /** Offset in the source. */
  readonly at: number;
}

export interface FormulaToken {
  readonly kind: 'name' | 'function' | 'text' | 'number' | 'mark';
  /** Upper case for functions; without quotes for text. */
  readonly value: string;
  readonly at: number;
}

// Names may be paths (`Pilot__r.Status__c`), globals (`$User.Id`) and polymorphic steps (`Owner:User.Name`).
const TOKEN =
  /\/\*[\s\S]*?\*\/|"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|(\d+(?:\.\d+)?|\.\d+)|(\$?[A-Za-z_]\w*(?::[A-Za-z]\w*)?(?:\s*\.\s*[A-Za-z_]\w*(?::[A-Za-z]\w*)?)*)(\s*\()?|(\S)/g;
const LITERALS = new Set(['TRUE', 'FALSE', 'NULL']);

/** Splits a formula into tokens; white space and comments are dropped. Never throws. */
export function tokenize(source: string): FormulaToken[] {
  const tokens: FormulaToken[] = [];
  for (const match of source.matchAll(TOKEN)) {
    const [, double, single, digits, name, isCall, mark] = match;
    const at = match.index;
    if (double !== undefined || single !== undefined)
      tokens.push({ kind: 'text', value: (double ?? single)!.replace(/\\(.)/g, '$1'), at });
    else if (digits !== undefined) tokens.push({ kind: 'number', value: digits, at });
    else if (mark !== undefined) tokens.push({ kind: 'mark', value: mark, at });
    else if (name !== undefined) {
      const clean = name.replace(/\s+/g, '');
      if (isCall)
        tokens.push(
          { kind: 'function', value: clean.toUpperCase(), at },
          { kind: 'mark', value: '(', at: at + match[0].length - 1 },
        );
      else if (LITERALS.has(clean.toUpperCase()))
        tokens.push({ kind: 'number', value: clean.toUpperCase(), at });
      else tokens.push({ kind: 'name', value: clean, at });
    }
  }
  return tokens;
}

/** Functions called, upper case, in order, repeats included. */
export function functionsOf(source: string): Mention[] {
  return tokenize(source)
    .filter((token) => token.kind === 'function')
    .map((token) => ({ name: token.value, at: token.at }));
}

/** Field paths and `$` globals, in order, repeats included. */
export function namesOf(source: string): Mention[] {
  return tokenize(source)
    .filter((token) => token.kind === 'name')
    .map((token) => ({ name: token.value, at: token.at }));
}

/** Texts compared with a picklist: `ISPICKVAL(p, "x")`, `INCLUDES(p, "x")`, `CASE(p, "x", …)`, `TEXT(p) = "x"`. */
export function picklistTexts(source: string): { readonly path: string; readonly value: string }[] {
  const tokens = tokenize(source);
  const found: { path: string; value: string }[] = [];
  tokens.forEach((token, index) => {
    const [open, path, after, next] = tokens.slice(index + 1, index + 5);
    if (token.kind !== 'function' || open?.value !== '(' || path?.kind !== 'name') return;
    if ((token.value === 'ISPICKVAL' || token.value === 'INCLUDES') && next?.kind === 'text')
      found.push({ path: path.value, value: next.value });
    if (token.value === 'CASE')
      for (const value of caseTexts(tokens.slice(index + 3))) found.push({ path: path.value, value });
    const compared = tokens[index + 5];
    const isComparison = after?.value === ')' && (next?.value === '=' || next?.value === '<');
    const text =
      next?.value === '=' && compared?.value === '='
        ? tokens[index + 6]
        : next?.value === '<'
          ? tokens[index + 6]
          : compared;
    if (token.value === 'TEXT' && isComparison && text?.kind === 'text')
      found.push({ path: path.value, value: text.value });
  });
  return found;
}

// After `CASE(path` come pairs `, value, result` and one last `, else`.
function caseTexts(tokens: readonly FormulaToken[]): string[] {
  const values: string[] = [];
  let depth = 0;
  let argument = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.value === '(' && token.kind === 'mark') depth += 1;
    else if (token.value === ')' && token.kind === 'mark' && depth-- === 0) {
      // The last argument is the else branch, never a value.
      return values.filter((_, position) => position * 2 + 1 < argument);
    } else if (token.value === ',' && token.kind === 'mark' && depth === 0) {
      argument += 1;
      const next = tokens[index + 1];
      if (argument % 2 === 1) values.push(next?.kind === 'text' ? next.value : '');
    }
  }
  return values;
}
