/** One moment as two clocks show it. */
export interface Clocks {
  readonly org: Date;
  readonly machine: Date;
}
