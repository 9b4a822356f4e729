import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/pilotLabels';
import type { CalendarDay, CalendarEvent, CalendarView } from '../pilotPortfolio/calendarView';

interface LinkedDay extends Omit<CalendarDay, 'events'> {
  readonly events: readonly (CalendarEvent & { readonly url: string | undefined })[];
}

/** A month of readouts, decisions and price locks. */
export default class PilotCalendar extends LightningElement {
  @api view: CalendarView | undefined;
  /** Addresses of the deals, by id. */
  @api urls: Readonly<Record<string, string>> = {};

  readonly labels = LABELS;

  get days(): LinkedDay[] {
    return (this.view?.days ?? []).map((day) => ({
      ...day,
      events: day.events.map((event) => ({ ...event, url: this.urls[event.dealId ?? ''] })),
    }));
  }

  get isEmpty(): boolean {
    return this.view?.days.length === 0;
  }

  goBack(): void {
    this.ask(this.view?.previous);
  }

  goOn(): void {
    this.ask(this.view?.next);
  }

  ask(month: string | undefined): void {
    this.dispatchEvent(new CustomEvent('month', { detail: { month } }));
  }
}
