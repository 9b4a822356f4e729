// Formula text → tree, after the grammar of Salesforce's own engine (github.com/salesforce/formula-engine,
// impl/src/main/antlr4: Formula.g4, LexerRules.g4). formulon's parser differs from it in four places that change
// values or refuse what Salesforce takes: `^` binds looser than `*` here, `!a && b` is `(!a) && b`, `-a` and
// comments exist. So formulon serves the tests as a second opinion only.
import { FormulaError } from './formula-error.ts';

export type FormulaNode =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'text'; readonly value: string; readonly at: number }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly at: number }
  | { readonly kind: 'null'; readonly at: number }
  | { readonly kind: 'reference'; readonly name: string; readonly at: number }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly operands: readonly FormulaNode[];
      readonly at: number;
    };

interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
}

const SPACE = /(?:[ \t\f\r\n]+|\/\*[^]*?\*\/)+/y;
const TOKENS: readonly (readonly [Exclude<Token['kind'], 'end'>, RegExp])[] = [
  ['number', /\d+(?:\.\d+)?/y],
  ['text', /"(?:\\[nrt"'\\]|[^"\\\r\n])*"|'(?:\\[nrt"'\\]|[^'\\\r\n])*'/y],
  ['name', /[A-Za-z$][\w$:.#]*/y],
  ['symbol', /<=|>=|<>|!=|==|&&|\|\||[-+*/^&=<>!(),]/y],
];
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Loosest first. All operators of a level group from the left. */
const LEVELS: readonly Readonly<Record<string, string>>[] = [
  { '||': 'OR' },
  { '&&': 'AND' },
  { '=': '=', '==': '=', '<>': '<>', '!=': '<>' },
  { '<': '<', '>': '>', '<=': '<=', '>=': '>=' },
  { '+': '+', '-': '-', '&': '&' },
  { '^': '^' },
  { '*': '*', '/': '/' },
];
/** Deeper nesting than any formula of 3,900 characters needs; keeps hostile input from exhausting the stack. */
const MAX_DEPTH = 400;

/** Parses a formula; a call's name is upper case, an operator is a call named by its sign. @throws FormulaError */
export function parseFormula(source: string): FormulaNode {
  const tokens = tokenize(source);
  let index = 0;
  let depth = 0;
  const peek = () => tokens[index] as Token;
  const isSymbol = (text: string) => peek().kind === 'symbol' && peek().text === text;
  const expect = (text: string) => {
    if (!isSymbol(text)) throw new FormulaError(`Syntax error.  Missing '${text}'`, peek().at);
    index += 1;
  };

  const binary = (level: number): FormulaNode => {
    const operators = LEVELS[level];
    if (!operators) return unary();
    let left = binary(level + 1);
    for (;;) {
      const token = peek();
      const name = token.kind === 'symbol' ? operators[token.text] : undefined;
      if (!name) return left;
      index += 1;
      left = { kind: 'call', name, operands: [left, binary(level + 1)], at: token.at };
    }
  };
  const unary = (): FormulaNode => {
    const token = peek();
    const isNot = isSymbol('!') || (token.kind === 'name' && token.text.toUpperCase() === 'NOT');
    if (!isNot && !isSymbol('-') && !isSymbol('+')) return primary();
    index += 1;
    if ((depth += 1) > MAX_DEPTH) throw new FormulaError('Formula is nested too deeply', token.at);
    const operand = unary();
    depth -= 1;
    if (isNot) return { kind: 'call', name: 'NOT', operands: [operand], at: token.at };
    return { kind: 'call', name: token.text === '-' ? 'NEGATE' : 'PLUS', operands: [operand], at: token.at };
  };
  const primary = (): FormulaNode => {
    const token = peek();
    index += 1;
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text), at: token.at };
    if (token.kind === 'text') return { kind: 'text', value: unquote(token.text), at: token.at };
    if (token.kind === 'name') return isSymbol('(') ? call(token) : nameOf(token);
    if (token.kind === 'symbol' && token.text === '(') return parenthesised(token);
    throw unexpected(token);
  };
  const parenthesised = (open: Token): FormulaNode => {
    if ((depth += 1) > MAX_DEPTH) throw new FormulaError('Formula is nested too deeply', open.at);
    const inner = binary(0);
    expect(')');
    depth -= 1;
    return inner;
  };
  const call = (name: Token): FormulaNode => {
    if ((depth += 1) > MAX_DEPTH) throw new FormulaError('Formula is nested too deeply', name.at);
    expect('(');
    const operands: FormulaNode[] = [];
    if (!isSymbol(')')) {
      operands.push(binary(0));
      while (isSymbol(',')) {
        index += 1;
        operands.push(binary(0));
      }
    }
    expect(')');
    depth -= 1;
    return { kind: 'call', name: name.text.toUpperCase(), operands, at: name.at };
  };

  const root = binary(0);
  if (peek().kind !== 'end') throw new FormulaError(`Syntax error. Extra ${peek().text}`, peek().at);
  return root;
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    SPACE.lastIndex = at;
    if (SPACE.test(source)) at = SPACE.lastIndex;
    if (at >= source.length) break;
    const token = TOKENS.map(([kind, pattern]) => {
      pattern.lastIndex = at;
      const text = pattern.exec(source)?.[0];
      return text === undefined ? null : { kind, text, at };
    }).find((found) => found !== null);
    if (!token) throw new FormulaError(`Syntax error.  Found '${source[at]}'`, at);
    tokens.push(token);
    at += token.text.length;
  }
  tokens.push({ kind: 'end', text: 'end of formula', at: source.length });
  return tokens;
}

function nameOf(token: Token): FormulaNode {
  switch (token.text.toUpperCase()) {
    case 'TRUE':
      return { kind: 'boolean', value: true, at: token.at };
    case 'FALSE':
      return { kind: 'boolean', value: false, at: token.at };
    case 'NULL':
      return { kind: 'null', at: token.at };
    default:
      return { kind: 'reference', name: token.text, at: token.at };
  }
}

const unquote = (quoted: string) =>
  quoted.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => ESCAPED[letter] ?? letter);

const unexpected = (token: Token) => new FormulaError(`Syntax error.  Found '${token.text}'`, token.at);
