/** Finds the end of one reply after another in the bytes of a connection; no more of HTTP than we send. */
export class ReplyReader {
  #held: Buffer | undefined;

  /** The reply that these bytes complete, if they do. */
  take(chunk: Buffer): { status: number; bytes: number } | undefined {
    const bytes = this.#held ? Buffer.concat([this.#held, chunk]) : chunk;
    const headEnd = bytes.indexOf('\r\n\r\n');
    if (headEnd < 0) return this.#hold(bytes);
    const head = bytes.toString('latin1', 0, headEnd);
    const end = endOf(bytes, headEnd + 4, head);
    if (end === undefined || end > bytes.length) return this.#hold(bytes);
    this.#held = undefined;
    return { status: Number(head.slice(9, 12)), bytes: end };
  }

  #hold(bytes: Buffer): undefined {
    this.#held = bytes;
  }
}

function endOf(bytes: Buffer, bodyAt: number, head: string): number | undefined {
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) return bodyAt + Number(length);
  if (!/\r\ntransfer-encoding: chunked/i.test(head)) return bodyAt;
  const last = bytes.indexOf('\r\n0\r\n\r\n', bodyAt - 2);
  return last < 0 ? undefined : last + 7;
}
