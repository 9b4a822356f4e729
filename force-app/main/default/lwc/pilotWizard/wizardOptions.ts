// Options of the dialog's templates and picks. No DOM.
import type { FormField, FormOption } from 'c/pilotForm';
import type { Say } from 'c/pilotReader';
import { NOBODY, workspaceValue } from './planEntries';
import { planAnswers, suggestionsOf } from './wizardPlan';
import type { Planning } from './wizardPlan';

export interface TemplateChoice {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly about: string;
}

/** "Pilot · 8 weeks · 4 criteria · 5 commitments" */
export function templateChoices({ templates, say }: Planning): TemplateChoice[] {
  return templates.map(({ id, name, description, typeLabel, weeks, items }) => {
    const count = (kind: string): number => items.filter(({ item }) => item === kind).length;
    const about = say('Pilot_Wizard_about_template', {
      weeks,
      criteria: count('Criterion'),
      commitments: count('Commitment'),
    });
    return { id, name, description, about: [typeLabel, about].filter(Boolean).join(' · ') };
  });
}

/** Unlinked workspaces that look like this account's, then those of its earlier pilots, then none. */
export function workspaceOptions(planning: Planning): FormOption[] {
  const { facts, say } = planning;
  const offered = [
    ...suggestionsOf(planning).map((one) => ({ label: one.line, value: workspaceValue(one) })),
    ...facts.workspaces.map((one) => ({ label: `${one.key} (${one.source})`, value: workspaceValue(one) })),
    { label: say('Pilot_Wizard_later'), value: 'later' },
    { label: say('Pilot_Wizard_none'), value: 'none' },
  ];
  return [...new Map(offered.map((option) => [option.value, option])).values()];
}

/** Where no workspace can be offered yet: who will offer one, and when. */
export function workspaceHint(options: readonly FormOption[], say: Say): string {
  return options.some(({ value }) => value !== 'later' && value !== 'none')
    ? ''
    : say('Pilot_Wizard_no_workspace');
}

/** Two picks and two numbers, and the day that is only confirmed. */
export function askedFields(planning: Planning, workspaces: readonly FormOption[]): FormField[] {
  const { workspace, sponsorId, users, yearlyPrice, startDate } = planAnswers(planning);
  const fields: (Omit<FormField, 'label'> & { readonly word: string })[] = [
    {
      name: 'workspace',
      word: 'Workspace',
      kind: 'choice',
      value: workspace && workspaceValue(workspace),
      options: workspaces,
    },
    {
      name: 'sponsorId',
      word: 'Sponsor',
      kind: 'choice',
      value: sponsorId,
      options: sponsorOptions(planning),
    },
    { name: 'users', word: 'Users', kind: 'number', value: users, min: '1', step: '1' },
    { name: 'yearlyPrice', word: 'Price', kind: 'number', value: yearlyPrice, min: '0' },
    { name: 'startDate', word: 'Start', kind: 'date', value: startDate },
  ];
  return fields.map(({ word, ...field }) => {
    return { ...field, label: planning.say(`Pilot_Wizard_${word}`), isRequired: true };
  });
}

function sponsorOptions({ deal, facts, say }: Planning): FormOption[] {
  const people = deal.accountId ? (facts.people ?? []) : [];
  return [
    ...people.map(({ id, name, title }) => ({ label: [name, title].filter(Boolean).join(', '), value: id })),
    { label: say('Pilot_Wizard_nobody'), value: NOBODY },
  ];
}
