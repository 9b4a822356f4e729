import { LightningElement, api } from 'lwc';
import { openAgreement } from 'c/pilotAgreement';
import { openBusinessCase } from 'c/pilotBusinessCase';
import { openDecision } from 'c/pilotDecision';
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

  get canDecide(): boolean {
    return this.pilot?.mayChange === true;
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
    if (this.pilot && (await openBusinessCase(this.pilot.id, this.canDecide))) this.tell();
  }

  private tell(): void {
    this.dispatchEvent(new CustomEvent('saved', { bubbles: true, composed: true }));
  }
}
