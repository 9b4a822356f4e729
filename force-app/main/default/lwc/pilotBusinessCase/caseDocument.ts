// The business case as sections of a paper for the customer. No runtime imports: the page and the command line make
// the same one.
import type { PaperLanguage, PaperSection, PaperTexts, PaperWriter } from '../pilotPaper/paper.ts';
import type { BusinessCase, CaseFigures } from './businessCase.ts';

export const CASE_TEXTS: Readonly<Record<PaperLanguage, PaperTexts>> = {
  en: {
    title: 'Business case',
    result: 'What the pilot measured',
    together: '{name}: {hours} hours a week together, {each} hours per user and week ({users} users).',
    each: '{name}: {hours} hours per user and week.',
    alone: '{name}: {hours} hours a week.',
    measuredTo: 'Measured to {day}.',
    unmeasured: 'No criterion of the pilot measures the hours saved; the hours below are an estimate.',
    differs: '{name} measures {hours} hours a week; the hours below are an estimate of their own.',
    scale: 'What it means at your scale',
    sum: '{users} users × {each} hours per user and week × {weeks} weeks = {hours} hours a year; at {cost} an hour {value} a year.',
    missing: 'Cannot be computed yet. Missing: {names}.',
    users: 'users after the rollout',
    hoursEach: 'hours saved per user and week',
    cost: 'cost of an hour',
    weeks: 'weeks a year',
    price: 'agreed price',
    range: 'Low and high are the 95% interval of the mean of {weeks} measured weeks.',
    noRange: 'One figure and no range: {why}.',
    noRangeWeeks: 'fewer than three weeks were measured by the week',
    noRangeEstimate: 'the hours are an estimate',
    figure: 'A year',
    low: 'Low',
    expected: 'Expected',
    high: 'High',
    hours: 'Hours saved',
    value: 'Value',
    firstYear: 'Price of the first year',
    return: 'Return in the first year',
    payback: 'Pays back in',
    months: '{months} months',
    percent: '{percent}%',
    chart: 'Value a year',
    assumptions: 'What this assumes',
    assumption: 'Assumption',
    amount: 'Value',
    source: 'From',
    estimate: 'Estimate, to be confirmed by the customer',
    measured: 'Measured in the pilot: {name}',
    agreed: 'Agreed terms',
    noTerms: 'No terms agreed yet',
    access: 'If access ends',
    lose: 'If access ends on {day}, {users} {departments} lose it.',
    loseOne: 'If access ends on {day}, {users} {departments} loses it.',
    weeklyUser: '{count} weekly user',
    weeklyUsers: '{count} weekly users',
    department: 'in {count} department',
    departments: 'in {count} departments',
    counted: 'Counted in the seven days to {day}.',
    made: 'As of {day}',
    open: 'not known',
  },
  es: {
    title: 'Caso de negocio',
    result: 'Qué midió el piloto',
    together:
      '{name}: {hours} horas a la semana en conjunto, {each} horas por usuario y semana ({users} usuarios).',
    each: '{name}: {hours} horas por usuario y semana.',
    alone: '{name}: {hours} horas a la semana.',
    measuredTo: 'Medido hasta el {day}.',
    unmeasured: 'Ningún criterio del piloto mide las horas ahorradas; las horas de abajo son una estimación.',
    differs: '{name} mide {hours} horas a la semana; las horas de abajo son una estimación aparte.',
    scale: 'Qué significa a su escala',
    sum: '{users} usuarios × {each} horas por usuario y semana × {weeks} semanas = {hours} horas al año; a {cost} la hora, {value} al año.',
    missing: 'Aún no se puede calcular. Falta: {names}.',
    users: 'usuarios tras el despliegue',
    hoursEach: 'horas ahorradas por usuario y semana',
    cost: 'coste de una hora',
    weeks: 'semanas al año',
    price: 'precio acordado',
    range: 'Bajo y alto son el intervalo del 95 % de la media de {weeks} semanas medidas.',
    noRange: 'Una cifra sin intervalo: {why}.',
    noRangeWeeks: 'se midieron por semanas menos de tres',
    noRangeEstimate: 'las horas son una estimación',
    figure: 'Al año',
    low: 'Bajo',
    expected: 'Esperado',
    high: 'Alto',
    hours: 'Horas ahorradas',
    value: 'Valor',
    firstYear: 'Precio del primer año',
    return: 'Retorno en el primer año',
    payback: 'Se amortiza en',
    months: '{months} meses',
    percent: '{percent} %',
    chart: 'Valor al año',
    assumptions: 'En qué se basa',
    assumption: 'Supuesto',
    amount: 'Valor',
    source: 'De',
    estimate: 'Estimación, por confirmar con el cliente',
    measured: 'Medido en el piloto: {name}',
    agreed: 'Condiciones acordadas',
    noTerms: 'Aún no hay condiciones acordadas',
    access: 'Si termina el acceso',
    lose: 'Si el acceso termina el {day}, lo pierden {users} {departments}.',
    loseOne: 'Si el acceso termina el {day}, lo pierde {users} {departments}.',
    weeklyUser: '{count} usuario semanal',
    weeklyUsers: '{count} usuarios semanales',
    department: 'de {count} departamento',
    departments: 'de {count} departamentos',
    counted: 'Contados en los siete días hasta el {day}.',
    made: 'A fecha de {day}',
    open: 'no se sabe',
  },
};

export interface AccessFacts {
  readonly endsOn: string | null;
  readonly weeklyUsers: number | null;
  readonly departments: number | null;
  /** Last day of the usage data. */
  readonly countedTo: string | null;
}

/** The paper. It holds what the customer may read and nothing else: no health, doubts, notes or stage. */
export function caseSections(
  one: BusinessCase,
  access: AccessFacts,
  paper: PaperWriter,
  today: string,
): PaperSection[] {
  const lost = accessLines(access, paper, today);
  return [
    { heading: paper.say('result'), lines: resultLines(one, paper), table: null },
    scaleSection(one, paper),
    ...(lost.length > 0 ? [{ heading: paper.say('access'), lines: lost, table: null }] : []),
    { heading: paper.say('assumptions'), lines: [], table: assumptionTable(one, paper) },
    { heading: paper.say('made', { day: paper.day(today) }), lines: [], table: null },
  ];
}

/** "If access ends on …": empty where the day is over or not set, or nobody knows who uses it. */
export function accessLines(access: AccessFacts, paper: PaperWriter, today: string): string[] {
  const { endsOn, weeklyUsers, departments, countedTo } = access;
  if (endsOn === null || endsOn < today || !weeklyUsers || countedTo === null) return [];
  const counted = (name: string, count: number): string =>
    paper.say(count === 1 ? name : `${name}s`, { count: paper.number(count) });
  const users = counted('weeklyUser', weeklyUsers);
  const where = departments ? counted('department', departments) : '';
  const line = paper.say(weeklyUsers === 1 ? 'loseOne' : 'lose', {
    day: paper.day(endsOn),
    users,
    departments: where,
  });
  return [line.replaceAll(/ +(?=[ .])/g, ''), paper.say('counted', { day: paper.day(countedTo) })];
}

function resultLines(
  { measurement, sense, assumptions, pilotUsers }: BusinessCase,
  paper: PaperWriter,
): string[] {
  if (measurement === null) return [paper.say('unmeasured')];
  const { name, actual, measuredOn } = measurement;
  const values = {
    name,
    hours: paper.number(actual),
    each: paper.number(assumptions.hoursPerUserWeek ?? 0),
    users: paper.number(pilotUsers ?? 0),
  };
  const line = paper.say(sense ?? (assumptions.hoursPerUserWeek === null ? 'alone' : 'differs'), values);
  return measuredOn === null ? [line] : [line, paper.say('measuredTo', { day: paper.day(measuredOn) })];
}

/** The sum, its range and figures; or what is missing to compute it. */
export function scaleSection(one: BusinessCase, paper: PaperWriter): PaperSection {
  const { assumptions, expected, low, high } = one;
  const { enterpriseUsers, hoursPerUserWeek, hourlyCost, weeksPerYear } = assumptions;
  const heading = paper.say('scale');
  const named = {
    users: enterpriseUsers,
    hoursEach: hoursPerUserWeek,
    cost: hourlyCost,
    weeks: weeksPerYear,
  };
  const missing = Object.entries(named).flatMap(([name, value]) => (value === null ? [paper.say(name)] : []));
  if (missing.length > 0)
    return { heading, lines: [paper.say('missing', { names: missing.join(', ') })], table: null };
  const line = paper.say('sum', {
    users: paper.number(enterpriseUsers ?? 0),
    each: paper.number(hoursPerUserWeek ?? 0),
    weeks: paper.number(weeksPerYear ?? 0),
    hours: paper.number(expected.hours ?? 0),
    cost: paper.money(hourlyCost ?? 0),
    value: paper.money(expected.value ?? 0),
  });
  const bars = Object.entries({ low, expected, high }).flatMap(([name, figures]) =>
    figures?.value == null
      ? []
      : [{ label: paper.say(name), value: figures.value, text: paper.money(figures.value) }],
  );
  const chart = bars.length > 1 ? { title: paper.say('chart'), bars } : null;
  return { heading, lines: [line, rangeLine(one, paper)], table: figureTable(one, paper), chart };
}

function rangeLine({ low, high, sense, measurement }: BusinessCase, paper: PaperWriter): string {
  if (low !== null && high !== null)
    return paper.say('range', { weeks: paper.number(measurement?.weeks ?? 0) });
  return paper.say('noRange', { why: paper.say(sense === null ? 'noRangeEstimate' : 'noRangeWeeks') });
}

function figureTable(
  { low, expected, high, price }: BusinessCase,
  paper: PaperWriter,
): PaperSection['table'] {
  const hasRange = low !== null && high !== null;
  const cases = hasRange ? { low, expected, high } : { expected };
  const row = (name: string, text: (figures: CaseFigures) => string | null): string[] => [
    paper.say(name),
    ...Object.values(cases).map((figures) => text(figures) ?? paper.say('open')),
  ];
  const firstYear = priceText(price, paper);
  return {
    head: [paper.say('figure'), ...Object.keys(cases).map((name) => paper.say(name))],
    rows: [
      row('hours', ({ hours }) => (hours === null ? null : paper.number(hours))),
      row('value', ({ value }) => (value === null ? null : paper.money(value))),
      row('firstYear', () => firstYear),
      row('return', ({ returnPercent }) =>
        returnPercent === null
          ? null
          : paper.say('percent', { percent: paper.number(returnPercent).replace('-', '−') }),
      ),
      row('payback', ({ paybackMonths }) =>
        paybackMonths === null ? null : paper.say('months', { months: paper.number(paybackMonths) }),
      ),
    ],
  };
}

function assumptionTable(one: BusinessCase, paper: PaperWriter): PaperSection['table'] {
  const { assumptions, price, measurement, sense } = one;
  const { enterpriseUsers, hoursPerUserWeek, hourlyCost, weeksPerYear } = assumptions;
  const from = (value: number | null): string => (value === null ? '' : paper.say('estimate'));
  const text = (value: number | null, write: (value: number) => string): string =>
    value === null ? paper.say('open') : write(value);
  const number = (value: number): string => paper.number(value);
  const firstYear = priceText(price, paper);
  return {
    head: ['assumption', 'amount', 'source'].map((name) => paper.say(name)),
    rows: [
      [paper.say('users'), text(enterpriseUsers, number), from(enterpriseUsers)],
      [
        paper.say('hoursEach'),
        text(hoursPerUserWeek, number),
        measurement && sense ? paper.say('measured', { name: measurement.name }) : from(hoursPerUserWeek),
      ],
      [paper.say('cost'), text(hourlyCost, (value) => paper.money(value)), from(hourlyCost)],
      [paper.say('weeks'), text(weeksPerYear, number), from(weeksPerYear)],
      [
        paper.say('price'),
        firstYear ?? paper.say('open'),
        paper.say(firstYear === null ? 'noTerms' : 'agreed'),
      ],
    ].map((row) => row.map(capitalized)),
  };
}

/** Null without agreed terms; a price of nothing is none. */
function priceText({ annual, oneTime }: BusinessCase['price'], paper: PaperWriter): string | null {
  const price = (annual ?? 0) + (oneTime ?? 0);
  return price > 0 ? paper.money(price) : null;
}

function capitalized(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
}
