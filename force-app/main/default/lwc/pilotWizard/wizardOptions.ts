// Options of the dialog's templates and picks. No DOM.
import type { FormOption } from 'c/pilotForm';
import type { Say } from 'c/pilotReader';
import { NOBODY, workspaceValue } from './planEntries';
import type { Person } from './wizardData';
import { suggestionsOf } from './wizardPlan';
import type { Planning } from './wizardPlan';

type Labels = Readonly<Record<string, string>>;

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

export function sponsorOptions(people: readonly Person[], labels: Labels): FormOption[] {
  return [
    ...people.map(({ id, name, title }) => ({ label: [name, title].filter(Boolean).join(', '), value: id })),
    { label: labels['Pilot_Wizard_nobody'] ?? '', value: NOBODY },
  ];
}
