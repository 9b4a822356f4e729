import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../insight/simulation/random.ts';
import { fitRidge } from './logistic.ts';

test('finds the weights that made the cases, and gives none to an input that says nothing', () => {
  const random = seededRandom(1);
  const samples = Array.from({ length: 4000 }, () => {
    const inputs = [random() * 4 - 2, random() * 10];
    return { inputs, died: random() < 1 / (1 + Math.exp(1 - 1.5 * inputs[0]!)) };
  });
  const predict = fitRidge(samples);
  const logit = (...inputs: number[]): number => Math.log(predict(inputs) / (1 - predict(inputs)));
  assert.ok(Math.abs(logit(0, 5) - -1) < 0.15, String(logit(0, 5)));
  assert.ok(Math.abs(logit(1, 5) - logit(0, 5) - 1.5) < 0.15);
  assert.ok(Math.abs(logit(0, 9) - logit(0, 1)) < 0.3);
});

test('stays finite where one input tells all, and where one never varies', () => {
  const samples = [-2, -1, 1, 2].map((value) => ({ inputs: [value, 7], died: value > 0 }));
  const predict = fitRidge(samples);
  assert.ok(predict([2, 7]) > 0.6 && predict([2, 7]) < 1);
  assert.ok(predict([-2, 7]) < 0.4);
});
