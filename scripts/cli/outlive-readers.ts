type Output = Pick<NodeJS.WriteStream, 'on'>;

/**
 * A reader that goes away (`pilot issues | head -1`, a pager that was closed) ends neither a command nor a run that is writing
 * into an org: the rest goes unread. Every other failure of the streams is thrown.
 */
export function outliveReaders(streams: readonly Output[]): void {
  for (const stream of streams)
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
}
