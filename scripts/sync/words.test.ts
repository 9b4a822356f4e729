import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  STALL_REASON_MAX,
  stallReason,
  tidyLine,
  wordSignal,
} from '../../force-app/main/default/lwc/pilotWording/pilotWording.ts';
import type {
  WordableSignal,
  WordableVerdict,
} from '../../force-app/main/default/lwc/pilotWording/pilotWording.ts';
import { DATA_SIGNALS, SWITCHABLE_SIGNALS } from '../domain/policy-fields.ts';
import { WORDS } from './words.ts';

const START = '2026-10-12';
const champion = 'Priya Shah';
const sponsor = 'Dana Ortiz';

function signal(
  code: string,
  state: string,
  since: string,
  values: WordableSignal['values'],
  variant: string | null = null,
): WordableSignal {
  return { code, state, since, values, variant };
}

// The lines of product.md's table: [signal, English, Spanish].
const LINES: readonly (readonly [WordableSignal, string, string])[] = [
  [
    signal('NO_FIRST_VALUE', 'At risk', '2026-10-19', { users: 25, start: '2026-10-12' }),
    'At risk since 19 Oct: nobody of 25 has signed in since the start on 12 Oct. Run a first session this week.',
    'En riesgo desde el 19 oct: nadie de 25 ha entrado desde el inicio el 12 oct. Haz una primera sesión esta semana.',
  ],
  [
    signal('NO_USAGE', 'Stalled', '2026-11-03', { users: 25, last: '2026-10-19', champion }),
    'Stalled since 3 Nov: none of 25 users active since Mon 19 Oct. Ask Priya Shah (champion) what changed.',
    'Estancado desde el 3 nov: ninguno de 25 usuarios activo desde el lun 19 oct. Pregunta a Priya Shah (persona de referencia) qué ha cambiado.',
  ],
  [
    signal('USAGE_DROP', 'At risk', '2026-11-09', { active: 9, users: 25, before: 17, champion }),
    'At risk since 9 Nov: 9 of 25 active a week, 17 in the four weeks before. Ask Priya Shah why.',
    'En riesgo desde el 9 nov: 9 de 25 activos por semana, 17 en las cuatro semanas anteriores. Pregunta el motivo a Priya Shah.',
  ],
  [
    signal('USAGE_DROP', 'At risk', '2026-11-09', { people: 12, rate: 2.1, before: 4, champion }, 'short'),
    'At risk since 9 Nov: the same 12 people used it 2.1 days a week, 4.0 before. Ask them what is missing.',
    'En riesgo desde el 9 nov: las mismas 12 personas lo usaron 2,1 días por semana, 4,0 antes. Pregúntales qué falta.',
  ],
  [
    signal(
      'KEY_USER_AWAY',
      'Watch',
      '2026-11-10',
      { champion, person: null, share: 38, last: '2026-10-30', gap: 2 },
      'her',
    ),
    'Watch since 10 Nov: Priya Shah, 38 % of all use, last active 30 Oct, usually every 2 days. Call her.',
    'En observación desde el 10 nov: Priya Shah, 38 % de todo el uso, última actividad el 30 oct, habitualmente cada 2 días. Llámala.',
  ],
  [
    signal(
      'KEY_USER_AWAY',
      'Watch',
      '2026-11-10',
      { champion, inviter: null, reach: 9, users: 25, share: 4, last: '2026-10-30', gap: 2 },
      'inviter',
    ),
    'Watch since 10 Nov: the person who invited most, who brought in 9 of 25 people, last active 30 Oct, usually every 2 days. Ask Priya Shah why.',
    'En observación desde el 10 nov: la persona que más invitó, que trajo a 9 de 25 personas, última actividad el 30 oct, habitualmente cada 2 días. Pregunta a Priya Shah por qué.',
  ],
  [
    signal(
      'LOW_ADOPTION',
      'Watch',
      '2026-11-17',
      { champion, newest: '2026-10-19', people: 14, departments: 2 },
      'spread',
    ),
    'Watch since 17 Nov: nobody new since 19 Oct; people so far: 14, departments: 2. Ask Priya Shah whom to invite next.',
    'En observación desde el 17 nov: nadie nuevo desde el 19 oct; personas hasta ahora: 14, departamentos: 2. Pregunta a Priya Shah a quién invitar ahora.',
  ],
  [
    signal('LOW_ADOPTION', 'Watch', '2026-11-03', { active: 11, users: 25, target: 20, never: 9, champion }),
    'Watch since 3 Nov: 11 of 25 active a week, target 20. Invite the 9 who never signed in.',
    'En observación desde el 3 nov: 11 de 25 activos por semana, objetivo 20. Invita a los 9 que nunca han entrado.',
  ],
  [
    signal('NARROW', 'Watch', '2026-11-03', { share: 71, active: 2, planned: 4, department: 'Finance' }),
    'Watch since 3 Nov: one person makes 71 % of all use; 2 of 4 departments active. Bring in Finance.',
    'En observación desde el 3 nov: una persona hace el 71 % de todo el uso; 2 de 4 departamentos activos. Incorpora a Finance.',
  ],
  [
    signal('CRITERIA_BEHIND', 'At risk', '2026-11-10', {
      met: 1,
      criteria: 4,
      elapsed: 62,
      weakest: 'reply time',
      actual: 3.1,
      target: 1,
      unit: 'h',
      moved: null,
    }),
    'At risk since 10 Nov: 1 of 4 criteria met, 62 % of the time gone. Weakest: reply time 3.1 h, target 1 h.',
    'En riesgo desde el 10 nov: 1 de 4 criterios cumplidos, 62 % del tiempo consumido. El más débil: reply time 3,1 h, objetivo 1 h.',
  ],
  [
    signal('SPONSOR_GONE', 'At risk', '2026-11-03', { sponsor, champion }),
    'At risk since 3 Nov: sponsor Dana Ortiz has left. Ask Priya Shah who takes over.',
    'En riesgo desde el 3 nov: el patrocinador Dana Ortiz se ha ido. Pregunta a Priya Shah quién toma el relevo.',
  ],
  [
    signal('SPONSOR_GONE', 'At risk', '2026-11-03', { sponsor, champion }, 'bounced'),
    'At risk since 3 Nov: mail to sponsor Dana Ortiz bounces. Ask Priya Shah who takes over.',
    'En riesgo desde el 3 nov: el patrocinador Dana Ortiz ya no recibe correo: rebota. Pregunta a Priya Shah quién toma el relevo.',
  ],
  [
    signal('SPONSOR_SILENT', 'At risk', '2026-11-03', { sponsor, met: '2026-10-12' }),
    'At risk since 3 Nov: sponsor Dana Ortiz missed the last two check-ins, no meeting since 12 Oct. Book 15 minutes with Dana Ortiz.',
    'En riesgo desde el 3 nov: el patrocinador Dana Ortiz faltó a los dos últimos seguimientos, sin reunión desde el 12 oct. Reserva 15 minutos con Dana Ortiz.',
  ],
  [
    signal('OVERRUN', 'Stalled', '2026-08-21', { due: '2026-08-20', extensions: 0 }),
    'Stalled since 21 Aug: the readout of 20 Aug was not held. Hold it, or extend with a reason.',
    'Estancado desde el 21 ago: la presentación de resultados del 20 ago no se celebró. Celébrala o amplía con un motivo.',
  ],
  [
    signal('DECISION_OVERDUE', 'At risk', '2026-08-31', { due: '2026-08-30', sponsor, extensions: 0 }),
    'At risk since 31 Aug: decision was due 30 Aug. Ask Dana Ortiz for yes, no, or a date.',
    'En riesgo desde el 31 ago: la decisión vencía el 30 ago. Pide a Dana Ortiz un sí, un no o una fecha.',
  ],
  [
    signal('TERMS_NOT_READY', 'At risk', '2026-08-01', {
      ends: '2026-08-15',
      status: 'Proposed',
      amount: 575_000,
    }),
    'At risk since 1 Aug: price still proposed, pilot ends 15 Aug. Get $575 K agreed.',
    'En riesgo desde el 1 ago: el precio sigue propuesto, el piloto termina el 15 ago. Cierra el acuerdo de 575 mil $.',
  ],
  [
    signal('PRICE_LOCK_ENDING', 'Watch', '2026-09-07', {
      annual: 500_000,
      oneTime: 75_000,
      lapses: '2026-09-14',
    }),
    'Watch since 7 Sep: agreed $500 K a year + $75 K lapse on 14 Sep. Send the contract.',
    'En observación desde el 7 sept: lo acordado, 500 mil $ al año + 75 mil $, caduca el 14 sept. Envía el contrato.',
  ],
  [
    signal('CLOSE_DATE_MISMATCH', 'Watch', '2026-11-02', { closes: '2026-11-30', decision: '2026-12-18' }),
    "Watch since 2 Nov: the deal's close date 30 Nov is before the decision on 18 Dec. Move one of them.",
    'En observación desde el 2 nov: la fecha de cierre 30 nov es anterior a la decisión del 18 dic. Cambia una de las dos.',
  ],
  [
    signal(
      'NOT_LINKED',
      'Unknown',
      '2026-11-10',
      { key: 'acme-eu', people: 14, domain: 'acme.com' },
      'candidate',
    ),
    'Unknown: no workspace linked. Likely acme-eu (14 people at acme.com). Link it.',
    'Desconocido: ningún espacio de trabajo vinculado. Probable: acme-eu (14 personas en acme.com). Vincúlalo.',
  ],
  [
    signal('OVERLAP', 'Unknown', '2026-11-10', { key: 'acme-eu', other: 'Acme: technical POC' }),
    'Unknown: workspace acme-eu also counts for Acme: technical POC. Set a window or a filter on one of them.',
    'Desconocido: el espacio acme-eu cuenta también para Acme: technical POC. Pon un periodo o un filtro en uno de ellos.',
  ],
  [
    signal('DATA_STALE', 'Unknown', '2026-11-10', { dataEnd: '2026-11-08' }),
    'Unknown since 10 Nov: usage data ends 8 Nov. Nothing to do; operations was told.',
    'Desconocido desde el 10 nov: los datos de uso terminan el 8 nov. No hay que hacer nada; operaciones está avisado.',
  ],
  [
    signal('SOURCE_SUSPECT', 'Unknown', '2026-11-10', { fell: 31, pilots: 40 }),
    'Unknown: usage fell for 31 of 40 pilots at once: source suspected. Nothing to do; operations was told.',
    'Desconocido: el uso cayó en 31 de 40 pilotos a la vez: fuente sospechosa. No hay que hacer nada; operaciones está avisado.',
  ],
];

// Paperwork is told without a state: [signal, English, Spanish].
const TIDY: readonly (readonly [WordableSignal, string, string])[] = [
  [
    signal('NO_SPONSOR', 'On track', '2026-11-03', {}),
    '1 to tidy: no customer sponsor named.',
    '1 por ordenar: sin patrocinador del cliente.',
  ],
  [
    signal('SINGLE_THREADED', 'On track', '2026-11-03', { contacts: 1 }),
    '1 to tidy: only one contact known.',
    '1 por ordenar: un solo contacto conocido.',
  ],
  [
    signal('NO_NEXT_STEP', 'On track', '2026-11-05', { last: '2026-10-28' }),
    '1 to tidy: no check-in since 28 Oct and none booked.',
    '1 por ordenar: sin seguimiento desde el 28 oct ni otro reservado.',
  ],
  [
    signal('COMMITMENT_OVERDUE', 'On track', '2026-11-03', {
      what: 'SSO access',
      party: 'Acme',
      due: '2026-11-02',
      more: 0,
    }),
    '1 to tidy: SSO access by Acme was due 2 Nov.',
    '1 por ordenar: SSO access de Acme vencía el 2 nov.',
  ],
  [
    signal('UNMEASURED', 'On track', '2026-11-03', { criterion: 'Reply time', more: 0 }),
    '1 to tidy: Reply time has no measurement.',
    '1 por ordenar: Reply time está sin medir.',
  ],
];

function verdict(changes: Partial<WordableVerdict>): WordableVerdict {
  return { health: 'Stalled', stalledSince: null, signals: [], note: null, ...changes };
}

describe('the line of a signal', () => {
  for (const [one, english, spanish] of LINES) {
    test(`${one.code}${one.variant ? `, ${one.variant}` : ''}`, () => {
      assert.equal(wordSignal(one, WORDS.en, 'en').line, english);
      assert.equal(wordSignal(one, WORDS.es, 'es').line, spanish);
    });
  }

  for (const [one, english, spanish] of TIDY) {
    test(`${one.code}, to tidy`, () => {
      assert.equal(tidyLine([one], WORDS.en, 'en'), english);
      assert.equal(tidyLine([one], WORDS.es, 'es'), spanish);
    });
  }

  test('exists for every code', () => {
    const told = new Set([...LINES, ...TIDY].map(([one]) => one.code));
    assert.deepEqual([...told].toSorted(), [...SWITCHABLE_SIGNALS, ...DATA_SIGNALS].toSorted());
  });

  test('every sentence there is can be said from the values of its code', () => {
    const days = {
      start: START,
      last: START,
      due: START,
      met: START,
      moved: START,
      lapses: START,
      ends: START,
      closes: START,
      newest: START,
    };
    const more = {
      decision: START,
      dataEnd: START,
      clearSince: START,
      extensions: 2,
      more: 1,
      contacts: 1,
      users: 25,
      people: 12,
      recent: 2,
      usual: 14,
      days: 10,
      inviter: null,
      reach: 9,
      departments: 3,
    };
    const values = {
      ...Object.assign({}, ...[...LINES, ...TIDY].map(([one]) => one.values)),
      ...days,
      ...more,
    } as WordableSignal['values'];
    const codes = [...SWITCHABLE_SIGNALS, ...DATA_SIGNALS].toSorted((a, b) => b.length - a.length);
    const names = Object.keys(WORDS.en).flatMap(
      (name) => /^Pilot_(?:Signal|Next)_([A-Z]\w*)$/.exec(name)?.[1] ?? [],
    );
    assert.ok(names.length > 70);
    for (const name of names) {
      const code = codes.find((one) => name === one || name.startsWith(`${one}_`));
      assert.ok(code, `${name} belongs to no code`);
      const one = signal(code, 'Watch', START, values, name.slice(code.length + 1) || null);
      assert.doesNotMatch(wordSignal(one, WORDS.en, 'en').line, /[{}]|undefined|null/);
      assert.doesNotMatch(wordSignal(one, WORDS.es, 'es').line, /[{}]|undefined|null/);
    }
  });

  test('two things to tidy are one line', () => {
    const [, , step, commitment] = TIDY.map(([one]) => one);
    assert.equal(
      tidyLine([step!, commitment!], WORDS.en, 'en'),
      '2 to tidy: no check-in since 28 Oct and none booked; SSO access by Acme was due 2 Nov.',
    );
    assert.equal(tidyLine([], WORDS.en, 'en'), '');
  });

  test('says the role where no contact is linked', () => {
    const one = signal('NO_USAGE', 'Stalled', '2026-11-03', {
      users: 25,
      last: '2026-10-19',
      champion: null,
    });
    assert.equal(wordSignal(one, WORDS.en, 'en').nextStep, 'Ask the champion what changed.');
    const gone = signal('SPONSOR_GONE', 'At risk', '2026-11-03', { sponsor: null, champion: null });
    assert.equal(
      wordSignal(gone, WORDS.en, 'en').line,
      'At risk since 3 Nov: the sponsor has left. Ask the champion who takes over.',
    );
  });

  test('gives the page its parts, the evidence as a sentence', () => {
    const [one] = LINES[1]!;
    assert.deepEqual(wordSignal(one, WORDS.en, 'en'), {
      headline: 'Stalled since 3 Nov',
      evidence: 'None of 25 users active since Mon 19 Oct.',
      nextStep: 'Ask Priya Shah (champion) what changed.',
      line: LINES[1]![1],
    });
  });

  test('writes the year of a date only when it is another one', () => {
    const one = signal('NO_USAGE', 'Stalled', '2027-01-04', { users: 5, last: '2026-12-18', champion });
    assert.match(
      wordSignal(one, WORDS.en, 'en').line,
      /^Stalled since 4 Jan: none of 5 users active since Fri 18 Dec 2026\./,
    );
    assert.match(
      wordSignal(one, WORDS.en, 'en', { today: '2026-12-31' }).line,
      /^Stalled since 4 Jan 2027: .* Fri 18 Dec\./,
    );
  });

  test('guesses no gender and names no number that is missing', () => {
    const away = signal('KEY_USER_AWAY', 'Watch', '2026-11-10', {
      champion,
      person: null,
      share: 38,
      last: '2026-10-30',
      gap: 1,
    });
    assert.match(wordSignal(away, WORDS.en, 'en').line, /usually every day\. Call them\.$/);
    const behind = signal('CRITERIA_BEHIND', 'Watch', '2026-11-10', {
      met: 0,
      criteria: 2,
      elapsed: 62,
      weakest: 'Reply time',
      actual: null,
      target: 1,
      unit: 'h',
    });
    assert.match(
      wordSignal(behind, WORDS.en, 'en').nextStep,
      /Weakest: Reply time not measured, target 1 h\./,
    );
  });

  test('writes amounts in the currency asked for, small ones in full', () => {
    const terms = (amount: number) =>
      signal('TERMS_NOT_READY', 'At risk', '2026-08-01', { ends: '2026-08-15', status: 'Draft', amount });
    const step = (amount: number, currency: string) =>
      wordSignal(terms(amount), WORDS.en, 'en', { currency }).nextStep;
    assert.equal(step(9_500, 'USD'), 'Get $9,500 agreed.');
    assert.equal(step(1_250_000, 'EUR'), 'Get €1.25 M agreed.');
  });

  test('a value that looks like a template or a date of its own stays text', () => {
    const one = signal('NARROW', 'Watch', '2026-11-03', {
      share: 71,
      active: 2,
      planned: 4,
      department: '{share} <b>',
    });
    assert.match(wordSignal(one, WORDS.en, 'en').nextStep, /Bring in \{share\} <b>\./);
  });

  test('a label that is missing is named, never left blank', () => {
    assert.throws(() => wordSignal(LINES[0]![0], {}, 'en'), /Pilot_Signal_NO_FIRST_VALUE/);
  });
});

describe('the stored reason', () => {
  const silence = LINES[1]![0];

  test('is the strongest line and the count of the others', () => {
    const both = verdict({ stalledSince: '2026-11-03', signals: [silence, LINES[7]![0]] });
    assert.equal(
      stallReason(both, WORDS.en, 'en'),
      'Stalled since 3 Nov: none of 25 users active since Mon 19 Oct. Ask Priya Shah (champion) what changed. (+1)',
    );
  });

  test('of two soft signals dates the stall, not the signal', () => {
    const soft = verdict({ stalledSince: '2026-11-10', signals: [LINES[2]![0], LINES[8]![0]] });
    assert.match(stallReason(soft, WORDS.en, 'en'), /^Stalled since 10 Nov: 9 of 25 active a week/);
  });

  test('says the role, then drops the next step, when names are too long', () => {
    const long = { ...silence, values: { ...silence.values, champion: 'A'.repeat(60) } };
    const text = stallReason(verdict({ stalledSince: '2026-11-03', signals: [long] }), WORDS.en, 'en');
    assert.equal(
      text,
      'Stalled since 3 Nov: none of 25 users active since Mon 19 Oct. Ask the champion what changed.',
    );
    const overlap = signal('OVERLAP', 'Unknown', '2026-11-10', { key: 'acme-eu', other: 'B'.repeat(60) });
    assert.match(stallReason(verdict({ health: 'Unknown', signals: [overlap] }), WORDS.en, 'en'), /B{60}\.$/);
  });

  test('never exceeds 140 characters, whatever the names and however many signals', () => {
    const all = LINES.map(([one]) => one);
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.string({ maxLength: 120, unit: 'grapheme' }),
        fc.nat(12),
        fc.constantFrom('en', 'es'),
        (one, name, more, locale) => {
          const values = Object.fromEntries(
            Object.entries(one.values).map(([key, value]) => [
              key,
              typeof value === 'string' && !/^\d{4}-/.test(value) && key !== 'status' ? name : value,
            ]),
          );
          const text = stallReason(
            verdict({ signals: [{ ...one, values }, ...all.slice(0, more)] }),
            WORDS[locale as 'en' | 'es'],
            locale,
          );
          assert.ok([...text].length <= STALL_REASON_MAX, text);
          if (more > 0) assert.ok(text.endsWith(`(+${more})`), text);
        },
      ),
      { seed: 11, numRuns: 400 },
    );
  });

  test('says when the trend can be tested where nothing speaks yet', () => {
    const note = {
      key: 'tooEarly',
      values: { active: 7, users: 10, starts: '2026-11-09', needs: 20, has: 9 },
    };
    assert.equal(
      stallReason(verdict({ health: 'On track', note }), WORDS.en, 'en'),
      'On track: 7 of 10 active. Trend test starts 9 Nov (needs 20 business days, has 9).',
    );
    assert.equal(
      stallReason(verdict({ health: 'On track', note }), WORDS.es, 'es'),
      'En curso: 7 de 10 activos. La prueba de tendencia empieza el 9 nov (necesita 20 días hábiles, hay 9).',
    );
  });

  test('says that a flag is snoozed, and until when', () => {
    const note = { key: 'snoozed', values: { until: '2026-12-03' } };
    const text = stallReason(verdict({ health: 'Watch', note, signals: [silence] }), WORDS.en, 'en');
    assert.match(text, /^Watch, snoozed until 3 Dec: none of 25 users active since Mon 19 Oct\./);
  });

  test('names agreed silence instead of calling it no usage', () => {
    const note = { key: 'noTelemetry', values: {} };
    assert.equal(
      stallReason(verdict({ health: 'On track', note }), WORDS.en, 'en'),
      'On track: no usage data, by agreement.',
    );
  });
});
