import { LightningElement, api } from 'lwc';
import { openAgreement } from 'c/pilotAgreement';
import { openBusinessCase } from 'c/pilotBusinessCase';
import { canUndo, openDecision } from 'c/pilotDecision';
import { LABELS } from 'c/pilotLabels';
import type { Pilot } from 'c/pilotRecord';
import { openWizard } from 'c/pilotWizard';

/** Plan a pilot for a deal, decide the one shown, print its agreement. Fires `saved` when something was written. */
export default class PilotSteps extends LightningElement {
  @api dealId = '';
  /** The pilot shown; undefined where the deal has none. */
  @api pilot: Pilot | undefined;

  /** The reader may not start a pilot. */
  @api noPlan = false;

  readonly labels = LABELS;

  get canPlan(): boolean {
    return !this.noPlan;
  }

  get mayChange(): boolean {
    return this.pilot?.mayChange === true;
  }

  /** Of a closed pilot nothing is left to decide; what was decided in this tab may be taken back. */
  get canDecide(): boolean {
    const { pilot } = this;
    return pilot?.mayChange === true && (!pilot.ending || canUndo(pilot.id));
  }

  get decideLabel(): string {
    return this.pilot?.ending ? LABELS.Pilot_Steps_Undo : LABELS.Pilot_Steps_Decide;
  }

  get planLabel(): string {
    return this.pilot ? LABELS.Pilot_Steps_New : LABELS.Pilot_Steps_First;
  }

  get planVariant(): string {
    return this.pilot ? 'neutral' : 'brand';
  }

  async plan(): Promise<void> {
    if (await openWizard(this.dealId)) this.tell();
  }

  async decide(): Promise<void> {
    if (this.pilot && (await openDecision(this.pilot.id))) this.tell();
  }

  agree(): void {
    if (this.pilot) void openAgreement(this.pilot.id);
  }

  async makeCase(): Promise<void> {
    if (this.pilot && (await openBusinessCase(this.pilot.id, this.mayChange))) this.tell();
  }

  private tell(): void {
    this.dispatchEvent(new CustomEvent('saved', { bubbles: true, composed: true }));
  }
}
