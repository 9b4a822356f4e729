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
 * Reads of one moment, in as few calls as the org allows, one after the other. A read that does not succeed within its
 * composite is handed to `alone`, so that its failure is judged, named and repeated as that of any other request.
 */
export async function readTogether(
  reads: readonly WaitingRead[],
  send: SendComposite,
  alone: (read: WaitingRead) => Promise<void>,
): Promise<void> {
  for (const bundle of bundles(reads)) {
    if (bundle.length === 1) {
      await alone(bundle[0]!);
      continue;
    }
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
}

function bundles(reads: readonly WaitingRead[]): WaitingRead[][] {
  const all: { reads: WaitingRead[]; queries: number }[] = [];
  for (const read of reads) {
    const isQuery = /\/query(\/|\?)/.test(read.url);
    const last = all.at(-1);
    const fits = last && last.reads.length < MOST_READS && (!isQuery || last.queries < MOST_QUERIES);
    const bundle = fits ? last : { reads: [], queries: 0 };
    if (!fits) all.push(bundle);
    bundle.reads.push(read);
    if (isQuery) bundle.queries += 1;
  }
  return all.map((bundle) => bundle.reads);
}
