// Options and lines of the dialog. No DOM.
import type { ReviewOption } from 'c/pilotPlanReview';
import type { PlanAnswers, Workspace } from './pilotPlan';
import type { Person } from './wizardData';
import type { WizardDraft } from './wizardDraft';
import type { Planning } from './wizardPlan';

type Labels = Readonly<Record<string, string>>;

export interface TemplateChoice {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly about: string;
}

const NOBODY = 'nobody';
const SEPARATOR = '\n';

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

export function workspaceOptions(workspaces: readonly Workspace[], labels: Labels): ReviewOption[] {
  return [
    ...workspaces.map((one) => ({ label: `${one.key} (${one.source})`, value: workspaceValue(one) ?? '' })),
    { label: labels['Pilot_Wizard_later'] ?? '', value: 'later' },
    { label: labels['Pilot_Wizard_none'] ?? '', value: 'none' },
  ];
}

export function sponsorOptions(people: readonly Person[], labels: Labels): ReviewOption[] {
  return [
    ...people.map(({ id, name, title }) => ({ label: [name, title].filter(Boolean).join(', '), value: id })),
    { label: labels['Pilot_Wizard_nobody'] ?? '', value: NOBODY },
  ];
}

export function workspaceValue(workspace: PlanAnswers['workspace']): string | null {
  if (workspace === null || typeof workspace === 'string') return workspace;
  return workspace.source + SEPARATOR + workspace.key;
}

/** The part of the draft's plan that an entry under `name` changes. */
export function answerChange(name: string, value: string): Partial<WizardDraft['plan']> {
  switch (name) {
    case 'workspace':
      return { workspace: workspaceOf(value) };
    case 'sponsorId':
      return { sponsorId: value };
    case 'startDate':
      return { startDate: value || null };
    case 'users':
    case 'yearlyPrice':
      return { [name]: value.trim() === '' ? null : Number(value) };
    default:
      return {};
  }
}

/** Names of the picks and numbers that are still blank. */
export function missingAnswers({ workspace, sponsorId, users, yearlyPrice }: WizardDraft['plan']): string[] {
  const blank = { workspace, sponsorId, users, yearlyPrice };
  return Object.entries(blank).flatMap(([name, value]) => (value === null ? [name] : []));
}

/** The contact, or null when nobody is named yet. */
export function sponsorOf(picked: string | null): string | null {
  return picked === NOBODY ? null : picked;
}

function workspaceOf(value: string): PlanAnswers['workspace'] {
  if (value === 'later' || value === 'none') return value;
  const [source = '', key = ''] = value.split(SEPARATOR);
  return { source, key };
}
