// The picks and numbers that a rep enters: how each is written in its control, and what an entry means.
import type { PlanAnswers } from './pilotPlan';
import type { WizardDraft } from './wizardDraft';

/** The pick that names no sponsor yet. */
export const NOBODY = 'nobody';
const SEPARATOR = '\n';

export function workspaceValue(workspace: NonNullable<PlanAnswers['workspace']>): string {
  return typeof workspace === 'string' ? workspace : workspace.source + SEPARATOR + workspace.key;
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
