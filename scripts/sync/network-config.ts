import { z } from 'zod';

const events = z.array(z.string().min(1)).max(200).default([]);

/** How a pilot's spread is told beyond who used it and who invited whom. */
export const NetworkConfig = z.strictObject({
  /** Events that somebody makes by inviting somebody else. */
  invitation_events: events,
  /** Events that somebody makes by trying what the pilot keeps closed. */
  gated_events: events,
  /** Look for the champions' addresses among the contacts of the account; reads these contacts' addresses. */
  match_contacts: z.boolean().default(false),
});
export type NetworkConfig = z.infer<typeof NetworkConfig>;
