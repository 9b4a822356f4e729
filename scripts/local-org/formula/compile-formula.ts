import type { FieldKind, FieldModel, ObjectModel } from '../../metadata/model.ts';
import { SAVE_FUNCTIONS } from '../../metadata/formula-functions.ts';
import { roundTo } from './decimal.ts';
import type { CallSite, Expression, Scope } from './expression.ts';
import { FormulaError } from './formula-error.ts';
import type { FormulaType } from './formula-type.ts';
import { fieldType, valueKind } from './formula-type.ts';
import type { CompileContext, CompiledFormula, Value } from './formula.ts';
import { FUNCTION_TABLE } from './functions/function-table.ts';
import { OPERATORS } from './functions/operators.ts';
import type { FormulaNode } from './parse-formula.ts';
import { parseFormula } from './parse-formula.ts';
import type { Target } from './references.ts';
import { resolveReference } from './references.ts';

/** Source characters Salesforce accepts (https://help.salesforce.com/s/articleView?id=platform.customize_functions.htm). */
const MAX_SOURCE = 3_900;
const LONG_TEXT: readonly FieldKind[] = ['LongTextArea', 'Html'];

/** What one compilation gathers, shared by the formula fields it reaches into. */
interface Gathered {
  readonly paths: Set<string>;
  isVolatile: boolean;
}

/** Where a tree is compiled: nested formula fields see their own object below a prefix. */
interface Place extends CompileContext {
  readonly prefix: string;
  /** `Object.Field` of the formula fields around this one. */
  readonly within: readonly string[];
  readonly gathered: Gathered;
}

const KINDS: Readonly<Record<FormulaType, CompiledFormula['kind']>> = {
  Number: 'Number',
  Text: 'Text',
  Id: 'Text',
  Boolean: 'Boolean',
  Date: 'Date',
  DateTime: 'DateTime',
  Picklist: 'Picklist',
  Multipicklist: 'MultiselectPicklist',
  Null: 'Text',
};

/**
 * Compiles a formula to a closure. Formula fields it names are compiled into it, so `paths` and the subject it reads
 * hold stored fields only. Percent fields arrive as stored (50) and count as 0.5 inside.
 * @throws FormulaError what Salesforce would refuse at deploy, and what the local org cannot compute
 */
export function compileFormula(source: string, context: CompileContext): CompiledFormula {
  return compileAt(source, context, []);
}

/** Compiles a formula field: the value comes out as the field stores it (percent × 100, scale, checkbox never blank). */
export function compileFormulaField(
  field: FieldModel,
  object: ObjectModel,
  model: CompileContext['model'],
): CompiledFormula {
  if (!field.formula) throw new TypeError(`${object.name}.${field.name} is not a formula field`);
  const context: CompileContext = { model, object, allowsTransitions: false, blanks: field.formula.blanks };
  const compiled = compileAt(field.formula.source, context, [`${object.name}.${field.name}`]);
  requireResult(compiled.kind, field);
  return {
    ...compiled,
    kind: field.kind,
    evaluate: (subject, viewer) => asStored(compiled.evaluate(subject, viewer), field),
  };
}

function compileAt(source: string, context: CompileContext, within: readonly string[]): CompiledFormula {
  if (source.length > MAX_SOURCE) {
    throw new FormulaError(
      `Formula is too long (${source.length} characters).  Maximum length is ${MAX_SOURCE} characters`,
    );
  }
  const gathered: Gathered = { paths: new Set(), isVolatile: false };
  const root = compileNode(parseFormula(source), { ...context, prefix: '', within, gathered });
  return {
    kind: KINDS[root.type],
    paths: [...gathered.paths],
    isVolatile: gathered.isVolatile,
    evaluate: (subject, viewer) => {
      const value = root.run({ subject, viewer });
      return value === '' ? null : value;
    },
  };
}

function compileNode(node: FormulaNode, place: Place): Expression {
  switch (node.kind) {
    case 'number':
      return constant('Number', node.value, node);
    case 'text':
      return constant('Text', node.value === '' ? null : node.value, node);
    case 'boolean':
      return constant('Boolean', node.value, node);
    case 'null':
      return constant('Null', null, node);
    case 'reference':
      return compileTarget(resolveReference(node.name, place.object, place.model, node.at), node, place);
    case 'call':
      return compileCall(node, place);
  }
}

const constant = (type: FormulaType, value: Value, node: FormulaNode): Expression => ({
  type,
  node,
  field: null,
  run: () => value,
});

function compileCall(node: FormulaNode & { kind: 'call' }, place: Place): Expression {
  const rule = FUNCTION_TABLE.get(node.name);
  if (!rule) throw unknownFunction(node);
  const isSign = Object.hasOwn(OPERATORS, node.name);
  const site: CallSite = {
    title: isSign ? `operator '${node.name === 'NEGATE' ? '-' : node.name}'` : `function '${node.name}()'`,
    model: place.model,
    allowsTransitions: place.allowsTransitions,
    isBlankZero: place.blanks === 'BlankAsZero',
    at: node.at,
    markVolatile: () => void (place.gathered.isVolatile = true),
  };
  const [least, most] = rule.arity;
  const given = node.operands.length;
  if (given < least || given > most) {
    const expected = given < least ? least : most;
    throw new FormulaError(
      `Incorrect number of parameters for ${site.title}. Expected ${expected}, received ${given}`,
      node.at,
    );
  }
  const operands = node.operands.map((operand) => compileNode(operand, place));
  // A prior value keeps its field, so that TEXT(PRIORVALUE(Status__c)) and the like know the picklist.
  const field = node.name === 'PRIORVALUE' ? (operands[0]?.field ?? null) : null;
  return { ...rule.compile(operands, site), node, field };
}

const unknownFunction = ({ name, at }: FormulaNode & { kind: 'call' }) =>
  SAVE_FUNCTIONS.has(name)
    ? new FormulaError(
        `The local org does not compute the function ${name}().`,
        at,
        'FORMULA_NOT_IMPLEMENTED',
      )
    : new FormulaError(`Unknown function ${name}. Check spelling.`, at);

function compileTarget(target: Target, node: FormulaNode, place: Place): Expression {
  if (target.kind === 'viewer') {
    place.gathered.isVolatile = true;
    return { type: target.type, node, field: null, run: ({ viewer }) => target.read(viewer) };
  }
  if (target.kind === 'constant') {
    const type = target.field ? typeOf(target.field, node, place) : 'Text';
    const value = reader(type, target.field, place)(target.value);
    return { type, node, field: target.field, run: () => value };
  }
  const { field } = target;
  const type = typeOf(field, node, place);
  if (field.formula) return compileNested(target, type, node, place);
  const path = place.prefix + target.prefix + field.name;
  place.gathered.paths.add(path);
  const read = reader(type, field, place);
  return { type, node, field, run: ({ subject }) => read(subject.get(path)) };
}

function compileNested(
  target: Target & { kind: 'field' },
  type: FormulaType,
  node: FormulaNode,
  place: Place,
): Expression {
  const { field, object } = target;
  const key = `${object.name}.${field.name}`;
  if (!field.formula || place.within.includes(key)) {
    throw new FormulaError(
      `Formula cannot use another formula field that directly or indirectly refers to itself. ${field.name}`,
      node.at,
    );
  }
  const inner = compileNode(parseFormula(field.formula.source), {
    ...place,
    object,
    prefix: place.prefix + target.prefix,
    blanks: field.formula.blanks,
    allowsTransitions: false,
    within: [...place.within, key],
  });
  const read = reader(type, field, place);
  return { type, node, field, run: (scope: Scope) => read(asStored(inner.run(scope), field)) };
}

function typeOf(field: FieldModel, node: FormulaNode, place: Place): FormulaType {
  const kind = valueKind(place.model, field);
  const type = fieldType(place.model, field);
  // Rules may read long text, formula fields may not ("Long text area fields can't be referenced in formulas").
  if (type === null || (LONG_TEXT.includes(kind) && !place.allowsTransitions)) {
    throw new FormulaError(
      `You referenced an unsupported field type called "${kind}" using the following field: ${field.name}`,
      node.at,
    );
  }
  return type;
}

/** How a stored value looks inside formulas: percent as a fraction, ids of 15 characters, an unset checkbox false. */
function reader(type: FormulaType, field: FieldModel | null, place: Place): (stored: Value) => Value {
  switch (type) {
    case 'Boolean':
      return (stored) => stored === true || stored === 1;
    case 'Number': {
      const divisor = field?.kind === 'Percent' ? 100 : 1;
      const blank = place.blanks === 'BlankAsZero' ? 0 : null;
      return (stored) => (stored === null || stored === '' ? blank : roundTo(Number(stored) / divisor, 15));
    }
    case 'Id':
      return (stored) => (typeof stored === 'string' && stored !== '' ? stored.slice(0, 15) : null);
    default:
      return (stored) => (stored === '' ? null : stored);
  }
}

const RESULTS: Readonly<Partial<Record<FieldKind, CompiledFormula['kind']>>> = {
  Text: 'Text',
  Number: 'Number',
  Currency: 'Number',
  Percent: 'Number',
  Checkbox: 'Boolean',
  Date: 'Date',
  DateTime: 'DateTime',
};

function requireResult(kind: CompiledFormula['kind'], field: FieldModel): void {
  const expected = RESULTS[field.kind];
  if (expected === kind) return;
  throw new FormulaError(
    `Formula result is data type (${kind}), incompatible with expected data type (${expected ?? field.kind}).`,
  );
}

/** Formula results round halves away from zero to the field's scale (https://help.salesforce.com/s/articleView?id=platform.tips_on_building_formulas.htm). */
function asStored(value: Value, field: FieldModel): Value {
  if (field.kind === 'Checkbox') return value === true;
  if (value === null || value === '') return null;
  if (typeof value !== 'number') return value;
  return roundTo(field.kind === 'Percent' ? value * 100 : value, field.scale ?? 0);
}
