// How sample rows are known, for the page and the command line alike. No imports.

/** Account Number of every sample account; what hangs on such an account carries the text below as well. */
export const SAMPLE_MARK = 'PILOT-TRACKER-SAMPLE';
/** Description of every sample account, contact and deal. */
export const SAMPLE_NOTE =
  'Sample data of Pilot Tracker. The setup page and "npx pilot sample remove" take it out.';
