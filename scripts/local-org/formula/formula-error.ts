/**
 * A formula that Salesforce would not save: the deploy is refused with this message.
 * Texts are those of Salesforce's own engine
 * (github.com/salesforce/formula-engine, api/src/main/resources/com/force/formula/labels/labels.xml).
 */
export class FormulaError extends Error {
  readonly code: 'INVALID_FORMULA' | 'FORMULA_NOT_IMPLEMENTED';
  /** Zero-based offset in the source; null when the whole formula is meant. */
  readonly position: number | null;

  constructor(
    message: string,
    position: number | null = null,
    code: FormulaError['code'] = 'INVALID_FORMULA',
  ) {
    super(message);
    this.name = 'FormulaError';
    this.code = code;
    this.position = position;
  }
}

/** What Salesforce shows as `#Error!`: the formula is valid, this record's values are not (division by zero …). */
export class FormulaEvaluationError extends Error {
  readonly code = 'FORMULA_EVALUATION_ERROR';

  constructor(message: string) {
    super(message);
    this.name = 'FormulaEvaluationError';
  }
}
