import { addMonths, civilDate, dateInZone, isCivilDate, toDays } from '../civil-date.ts';
import type { CallSite, Expression, FunctionRule, Result } from '../expression.ts';
import { requireType, strict } from '../expression.ts';
import { FormulaEvaluationError } from '../formula-error.ts';

const DATE_TIME = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})Z?$/;

const part = (from: number, to: number) =>
  strict(['Date'], 'Number', (date: string) => Number(date.slice(from, to)));

export const DATE: Readonly<Record<string, FunctionRule>> = {
  TODAY: {
    arity: [0, 0],
    compile(_, site) {
      site.markVolatile();
      return { type: 'Date', run: ({ viewer }) => dateInZone(viewer.now, viewer.timeZone) };
    },
  },
  NOW: {
    arity: [0, 0],
    compile(_, site) {
      site.markVolatile();
      return { type: 'DateTime', run: ({ viewer }) => viewer.now.toISOString() };
    },
  },
  DATE: strict(['Number', 'Number', 'Number'], 'Date', (year: number, month: number, day: number) => {
    const date = civilDate(Math.trunc(year), Math.trunc(month), Math.trunc(day));
    if (!date) throw new FormulaEvaluationError('Month or Day out of range in DATE() function');
    return date;
  }),
  DATEVALUE: { arity: [1, 1], compile: dateValue },
  DATETIMEVALUE: { arity: [1, 1], compile: dateTimeValue },
  YEAR: part(0, 4),
  MONTH: part(5, 7),
  DAY: part(8, 10),
  // 1 is Sunday; 1970-01-01 was a Thursday.
  WEEKDAY: strict(['Date'], 'Number', (date: string) => ((((toDays(date) + 4) % 7) + 7) % 7) + 1),
  ADDMONTHS: {
    arity: [2, 2],
    compile(operands, site) {
      const [moment, months] = operands as [Expression, Expression];
      requireType(moment, ['Date', 'DateTime'], site);
      requireType(months, ['Number'], site);
      return {
        type: moment.type,
        run(scope) {
          const start = moment.run(scope);
          const count = months.run(scope);
          if (start === null || count === null) return null;
          const text = String(start);
          return addMonths(text.slice(0, 10), Math.trunc(Number(count))) + text.slice(10);
        },
      };
    },
  },
};

// Of a date/time: the date in the viewer's time zone. Of text: YYYY-MM-DD or an error (FunctionDateValue).
function dateValue(operands: readonly Expression[], site: CallSite): Result {
  const [operand] = operands as [Expression];
  requireType(operand, ['DateTime', 'Text', 'Date'], site);
  const isDateTime = operand.type === 'DateTime';
  if (isDateTime) site.markVolatile();
  return {
    type: 'Date',
    run(scope) {
      const value = operand.run(scope);
      if (value === null || value === '') return null;
      if (isDateTime) return dateInZone(new Date(String(value)), scope.viewer.timeZone);
      if (isCivilDate(String(value))) return value;
      throw new FormulaEvaluationError(`DATEVALUE() cannot read ${JSON.stringify(value)} as YYYY-MM-DD`);
    },
  };
}

function dateTimeValue(operands: readonly Expression[], site: CallSite): Result {
  const [operand] = operands as [Expression];
  requireType(operand, ['Text', 'Date', 'DateTime'], site);
  return {
    type: 'DateTime',
    run(scope) {
      const value = operand.run(scope);
      if (value === null || value === '') return null;
      if (operand.type === 'DateTime') return value;
      if (operand.type === 'Date') return `${value}T00:00:00.000Z`;
      const [, date = '', time = ''] = DATE_TIME.exec(String(value)) ?? [];
      const instant = Date.parse(`${date}T${time}Z`);
      if (isCivilDate(date) && !Number.isNaN(instant)) return new Date(instant).toISOString();
      throw new FormulaEvaluationError(
        `DATETIMEVALUE() cannot read ${JSON.stringify(value)} as YYYY-MM-DD HH:MM:SS`,
      );
    },
  };
}
