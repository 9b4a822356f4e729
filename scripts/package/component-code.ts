// Templates of Lightning web components against the classes behind them and the components they use.
// https://developer.salesforce.com/docs/platform/lwc/guide/reference-directives.html
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { BUNDLE_TYPE } from '../metadata/component-types.ts';
import { bundleFile } from '../metadata/rules/components.ts';
import { rule, type Rule } from '../metadata/rules/rule.ts';

interface ComponentClass {
  readonly members: ReadonlySet<string>;
  readonly api: ReadonlySet<string>;
  /** False where the class extends something whose members are not in this file. */
  readonly isComplete: boolean;
}

const classes = new Map<string, ComponentClass | null>();

/** The exported class of a component's script; null when there is none. */
function readClass(script: string): ComponentClass | null {
  const known = classes.get(script);
  if (known !== undefined) return known;
  const source = ts.createSourceFile('component.js', script, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  const found = source.statements.find(
    (each): each is ts.ClassDeclaration =>
      ts.isClassDeclaration(each) &&
      (each.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword),
  );
  const read = found ? classOf(found) : null;
  classes.set(script, read);
  return read;
}

function classOf(declaration: ts.ClassDeclaration): ComponentClass {
  const members = new Set<string>();
  const api = new Set<string>();
  for (const member of declaration.members) {
    if (!member.name || !ts.isIdentifier(member.name)) continue;
    members.add(member.name.text);
    const decorators = ts.canHaveDecorators(member) ? (ts.getDecorators(member) ?? []) : [];
    if (decorators.some(({ expression }) => expression.getText() === 'api')) api.add(member.name.text);
  }
  const base = declaration.heritageClauses?.[0]?.types[0]?.expression.getText() ?? '';
  for (const [, name = ''] of declaration.getText().matchAll(/\bthis\.(\w+)\s*=/g)) members.add(name);
  return { members, api, isComplete: /^(\w+\()*LightningElement(\.[\w.]+)?\)*$/.test(base) };
}

interface Tag {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

const TAG = /<([a-z][\w-]*)((?:\s+[^\s=>/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|\{[^}]*\}))?)*)\s*\/?>/g;
const ATTRIBUTE = /([^\s=>/]+)(?:\s*=\s*("[^"]*"|'[^']*'|\{[^}]*\}))?/g;

function tagsOf(html: string): Tag[] {
  return [...html.replace(/<!--[\s\S]*?-->/g, '').matchAll(TAG)].map(([, name = '', rest = '']) => ({
    name,
    attributes: [...rest.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, value] as const),
  }));
}

const ITERATIONS =
  /\s(?:for:item|for:index|lwc:(?:let|slot-data)|iterator:(\w+))(?:\s*=\s*(?:"(\w+)"|\{[^}]*\}))?/g;

const expressions = rule('components/template', BUNDLE_TYPE, (component, pkg, fail) => {
  if (!component.zipPath.endsWith('.html')) return;
  const script = bundleFile(pkg, component.fullName, '.js');
  const owner = script && readClass(script.text);
  if (!owner?.isComplete) return;
  const html = component.text.replace(/<!--[\s\S]*?-->/g, '');
  const names = new Set(
    [...html.matchAll(ITERATIONS)].flatMap(([, iterator, name]) => [iterator, name]).filter((each) => each),
  );
  for (const match of html.matchAll(/\{\s*!?\s*([A-Za-z_$][\w$]*)[^{}]*\}/g)) {
    const name = match[1]!;
    if (!owner.members.has(name) && !names.has(name))
      fail(
        `The template of ${component.fullName} reads ${name}, which the class does not have.`,
        'Add the member, or correct the template.',
        { ...component.node, line: html.slice(0, match.index).split('\n').length },
      );
  }
});

const camel = (name: string) => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
// Attributes of every element, directives and handlers: never a component's own.
const EVERYWHERE =
  /^(on\w+|data-.+|aria-.+|lwc:.+|for:.+|iterator:.+|if:.+|class|style|title|id|key|role|hidden|slot|tabindex|lang|dir|part|exportparts|draggable|contenteditable|spellcheck|accesskey)$/;

// Names that HTML writes as one word: https://developer.mozilla.org/docs/Web/HTML/Reference/Attributes
const ONE_WORD: Readonly<Record<string, string>> = {
  formaction: 'formAction',
  maxlength: 'maxLength',
  minlength: 'minLength',
  readonly: 'readOnly',
};

/** The property that the template compiler sets for an attribute. */
const propertyOf = (attribute: string) => ONE_WORD[attribute] ?? camel(attribute);

const children = rule('components/child', BUNDLE_TYPE, (component, pkg, fail) => {
  if (!component.zipPath.endsWith('.html')) return;
  for (const { name, attributes } of tagsOf(component.text)) {
    const [prefix = '', ...rest] = name.split('-');
    const own = camel(rest.join('-'));
    if (rest.length === 0 || (prefix !== 'c' && prefix !== 'lightning')) continue;
    const script = prefix === 'c' ? bundleFile(pkg, own, '.js')?.text : baseComponent(own);
    if (script === undefined) {
      fail(`<${name}> is no component.`, 'Add it to the package, or correct the tag.');
      continue;
    }
    const known = readClass(script);
    if (!known?.isComplete) continue;
    for (const [attribute] of attributes)
      if (!EVERYWHERE.test(attribute) && !known.api.has(propertyOf(attribute)))
        fail(`<${name}> has no attribute ${attribute}.`, `Use one of: ${[...known.api].join(', ')}.`);
  }
});

const STUBS = join(
  fileURLToPath(import.meta.resolve('@salesforce/sfdx-lwc-jest/package.json')),
  '../src/lightning-stubs',
);

/** The stub of a base component: every public attribute is in it. */
function baseComponent(name: string): string | undefined {
  const path = join(STUBS, name, `${name}.js`);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

export const COMPONENT_CODE_RULES: readonly Rule[] = [expressions, children];
