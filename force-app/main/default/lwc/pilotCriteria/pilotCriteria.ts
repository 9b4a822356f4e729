import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/pilotLabels';
import { readerAt, sayTo } from 'c/pilotReader';
import type { Criterion } from 'c/pilotRecord';
import { criterionView } from './criteriaView';
import type { CriterionView } from './criteriaView';

/** Success criteria, must-haves first: where it began, where it is, where it has to be. */
export default class PilotCriteria extends LightningElement {
  /** Null when the reader may not see them. */
  @api criteria: readonly Criterion[] | null = null;
  @api signedOn: string | null = null;

  readonly labels = LABELS;

  get rows(): CriterionView[] {
    const say = sayTo(readerAt(new Date()));
    return (this.criteria ?? []).map((criterion) => criterionView(criterion, say));
  }

  get hasRows(): boolean {
    return this.rows.length > 0;
  }

  get emptyText(): string {
    return this.criteria === null ? LABELS.Pilot_Criteria_Hidden : LABELS.Pilot_Criteria_Empty;
  }

  get signature(): string {
    if (!this.hasRows) return '';
    const name = this.signedOn === null ? 'Pilot_Criteria_Unsigned' : 'Pilot_Criteria_Signed';
    return sayTo(readerAt(new Date()))(name, { day: this.signedOn });
  }
}
