// Windows of the paired drop test, in business days (simulated in product.md's "When data may be believed").

/** Kick-off days left out: their spike would make every healthy pilot look falling. */
export const KICK_OFF_DAYS = 5;
export const RECENT_DAYS = 5;
export const BASELINE_MIN_DAYS = 10;
export const BASELINE_MAX_DAYS = 15;

/** From this business day on a trend can be tested. */
export const TREND_BUSINESS_DAYS = KICK_OFF_DAYS + BASELINE_MIN_DAYS + RECENT_DAYS;
