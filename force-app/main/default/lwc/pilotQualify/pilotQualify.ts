import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/pilotLabels';
import { NOT_NEEDED } from 'c/pilotNo';
import type { NotNeeded } from 'c/pilotNo';
import { readerAt, sayTo } from 'c/pilotReader';
import { DOUBTS, QUESTIONS } from './qualification';
import type { Answers, Qualification, QuestionKey, Verdict } from './qualification';

export { EARLIER_DOUBT, QUESTIONS, qualify } from './qualification';
export type { Answer, Answers, Circumstances, Qualification, QuestionKey, Verdict } from './qualification';

const LOOKS: Readonly<
  Record<Verdict, { readonly icon: string; readonly tone: string; readonly label: string }>
> = {
  Go: { icon: 'utility:success', tone: 'success', label: LABELS.Pilot_Qualify_Go },
  'Fix first': { icon: 'utility:warning', tone: 'warning', label: LABELS.Pilot_Qualify_Fix_first },
  Decline: { icon: 'utility:stop', tone: 'error', label: LABELS.Pilot_Qualify_Decline },
};
const ASKED: Readonly<Record<QuestionKey, string>> = {
  budget: LABELS.Pilot_Qualify_budget,
  decisionMaker: LABELS.Pilot_Qualify_decisionMaker,
  driver: LABELS.Pilot_Qualify_driver,
  failure: LABELS.Pilot_Qualify_failure,
};
const NOT_NEEDED_LABELS: Readonly<Record<NotNeeded, string>> = {
  convinced: LABELS.Pilot_No_pick_convinced,
  references: LABELS.Pilot_No_pick_references,
  trial: LABELS.Pilot_No_pick_trial,
};
const DOUBT_LABELS: Readonly<Record<(typeof DOUBTS)[number], string>> = {
  'Free consulting': LABELS.Pilot_Qualify_doubt_Free_consulting,
  'Rival favoured': LABELS.Pilot_Qualify_doubt_Rival_favoured,
  'Poor fit': LABELS.Pilot_Qualify_doubt_Poor_fit,
};

/** Four questions by tap, what their answers mean, and how to say no. Fires `answer`, `doubt` and `notneeded`. */
export default class PilotQualify extends LightningElement {
  @api answers: Answers = {};
  /** Doubts that the rep added. */
  @api doubts: readonly string[] = [];
  /** Null until all four are answered. */
  @api qualification: Qualification | null = null;
  @api earlierPilots = 0;
  @api convertedPilots = 0;
  @api livePilots = 0;
  /** What became of earlier pilots and requests of this account, a sentence each. */
  @api earlierLines: readonly string[] = [];
  /** What to tell the customer about what is open; empty where nothing is. */
  @api reply = '';
  /** Why no pilot is needed; null until it is picked. */
  @api notNeeded: NotNeeded | null = null;
  @api notNeededReply = '';

  readonly labels = LABELS;
  readonly answerOptions = [
    { label: LABELS.Pilot_Qualify_yes, value: 'yes' },
    { label: LABELS.Pilot_Qualify_not_yet, value: 'not-yet' },
    { label: LABELS.Pilot_Qualify_no, value: 'no' },
  ];
  readonly doubtOptions = DOUBTS.map((value) => ({ value, label: DOUBT_LABELS[value] }));
  readonly notNeededOptions = NOT_NEEDED.map((value) => ({ value, label: NOT_NEEDED_LABELS[value] }));
  isDoubting = false;
  isAskedWhy = false;

  get questions(): { key: QuestionKey; label: string; value: string | undefined }[] {
    return QUESTIONS.map(({ key }) => ({ key, label: ASKED[key], value: this.answers[key] }));
  }

  get showsDoubts(): boolean {
    return this.isDoubting || this.doubts.length > 0;
  }

  get facts(): string {
    const say = sayTo(readerAt(new Date()));
    const earlier = { count: this.earlierPilots, converted: this.convertedPilots };
    return [
      say('Pilot_Qualify_earlier', earlier),
      ...this.earlierLines,
      say('Pilot_Qualify_live', { count: this.livePilots }),
    ].join(' ');
  }

  get verdict(): { icon: string; tone: string; label: string } | null {
    return this.qualification && LOOKS[this.qualification.verdict];
  }

  get showsWhy(): boolean {
    return this.isAskedWhy || this.notNeeded !== null;
  }

  answer(event: CustomEvent<{ value: string }>): void {
    const { question } = (event.target as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('answer', { detail: { key: question, value: event.detail.value } }));
  }

  doubt(event: CustomEvent<{ value: string[] }>): void {
    this.dispatchEvent(new CustomEvent('doubt', { detail: event.detail.value }));
  }

  pickWhy(event: CustomEvent<{ value: NotNeeded }>): void {
    this.dispatchEvent(new CustomEvent('notneeded', { detail: event.detail.value }));
  }

  askWhy(): void {
    this.isAskedWhy = true;
  }

  startDoubting(): void {
    this.isDoubting = true;
  }
}
