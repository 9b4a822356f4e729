/**
 * One request at a time works on the store: a composite that waits between its subrequests would otherwise
 * carry other requests' rows in its transaction.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
