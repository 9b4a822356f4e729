import type { XmlNode } from '../../metadata/xml.ts';

/** A flow that this org cannot run as Salesforce would; the deploy fails at this place. */
export class FlowError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, at: Pick<XmlNode, 'line' | 'column'>) {
    super(message);
    this.name = 'FlowError';
    this.line = at.line;
    this.column = at.column;
  }
}

/**
 * What Salesforce may well accept and this interpreter does not know: an element that was skipped would make the
 * local org save what a real one refuses.
 */
export const notInterpreted = (what: string, at: Pick<XmlNode, 'line' | 'column'>): FlowError =>
  new FlowError(`The local org does not interpret ${what} in flows. A real org may accept it.`, at);

/** What goes wrong while an element runs; its fault path takes it, or the interview ends. */
export class FlowFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FlowFault';
  }
}
