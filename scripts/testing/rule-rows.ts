// Rules just below and just above their thresholds: what a row expects, and the test that asks for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordSignal } from '../../force-app/main/default/lwc/pilotWording/pilotWording.ts';
import { evaluatePilot } from '../domain/evaluate-pilot.ts';
import type { EvaluationInput, Signal } from '../domain/evaluation.ts';
import type { Day } from '../domain/facts.ts';
import type { SignalCode } from '../domain/policy-fields.ts';
import { WORDS } from '../sync/words.ts';

export interface ExpectedSignal {
  readonly state?: string;
  readonly since?: Day;
  readonly variant?: string | null;
  readonly values?: Readonly<Record<string, string | number | null>>;
}

export interface RuleRow {
  readonly code: SignalCode;
  readonly when: string;
  readonly input: EvaluationInput;
  /** Null: the rule is silent, for the reason given beside it. */
  readonly expected: ExpectedSignal | null;
  readonly because?: string;
}

/** One test a row: the signal and its trace, or the silence and its reason. */
export function testRules(rows: readonly RuleRow[]): void {
  for (const { code, when, input, expected, because } of rows) {
    test(`${code}: ${when}`, () => {
      const verdict = evaluatePilot(input);
      const told = [...verdict.signals, ...verdict.toTidy].filter((signal) => signal.variant !== 'clearing');
      const found = told.find((signal) => signal.code === code);
      const trace = verdict.traces.find((one) => one.code === code);
      assert.equal(Boolean(found), expected !== null, JSON.stringify(found ?? trace));
      assert.equal(trace?.fired, expected !== null);
      if (because) assert.equal(trace?.silentBecause, because);
      for (const [key, value] of Object.entries(expected ?? {})) {
        assert.deepEqual(found?.[key as keyof ExpectedSignal], value, key);
      }
      if (found) assertTellable(found);
    });
  }
}

/** The values that the rule gives fill its sentences in both languages. */
function assertTellable(signal: Signal): void {
  for (const language of ['en', 'es'] as const) {
    const { line } = wordSignal(signal, WORDS[language], language);
    assert.doesNotMatch(line, /[{}]|undefined|null|NaN/);
  }
}
