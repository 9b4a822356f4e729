import { z } from 'zod';

// https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-composite-post.html: at most 25
// subrequests, of which five are queries; all of them count as one call.
const MOST_READS = 25;
const MOST_QUERIES = 5;

/** A read that somebody waits for. */
export interface WaitingRead {
  /** As it was asked for. */
  readonly path: string;
  /** The same from `/services/data/vNN.N` on. */
  readonly url: string;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Sends a composite and answers with its body. */
export type SendComposite = (body: unknown) => Promise<unknown>;

const answers = z.object({
  compositeResponse: z.array(
    z.object({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() }),
  ),
});

/**
 * Reads of one bundle in one call. A read that does not succeed within its composite is handed to `alone`, so that its
 * failure is judged, named and repeated as that of any other request.
 */
export async function readTogether(
  bundle: readonly WaitingRead[],
  send: SendComposite,
  alone: (read: WaitingRead) => Promise<void>,
): Promise<void> {
  if (bundle.length === 1) return await alone(bundle[0]!);
  const requests = bundle.map(({ url }, index) => ({ method: 'GET', url, referenceId: `read${index}` }));
  try {
    const answered = answers.safeParse(await send({ compositeRequest: requests }));
    const byReference = new Map(
      answered.data?.compositeResponse.map((answer) => [answer.referenceId, answer]),
    );
    for (const [index, read] of bundle.entries()) {
      const answer = byReference.get(`read${index}`);
      if (answer?.httpStatusCode === 200) read.resolve(answer.body);
      else await alone(read);
    }
  } catch (error) {
    for (const read of bundle) read.reject(error);
  }
}

/**
 * As many of the waiting reads as one call takes, and the rest. Pages that follow another go first, since of one query only
 * one can be asked for at a time; then those that wait longest.
 */
export function nextBundle(waiting: readonly WaitingRead[]): {
  readonly bundle: WaitingRead[];
  readonly rest: WaitingRead[];
} {
  const bundle: WaitingRead[] = [];
  const rest: WaitingRead[] = [];
  let queries = 0;
  const follows = ({ url }: WaitingRead) => /\/query\/[^/]+$/.test(url);
  const inTurn = [...waiting.filter(follows), ...waiting.filter((read) => !follows(read))];
  for (const read of inTurn) {
    const isQuery = /\/query(\/|\?)/.test(read.url);
    const fits = bundle.length < MOST_READS && (!isQuery || queries < MOST_QUERIES);
    (fits ? bundle : rest).push(read);
    if (fits && isQuery) queries += 1;
  }
  return { bundle, rest };
}
