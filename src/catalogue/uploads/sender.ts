/** Sends one file by the tus protocol, in pieces as long as the line carries in some seconds. No DOM. */
export type Place = { url: string; name: string; size: number; modified: number; fileId?: string };
export type Sender = { pause(): void };
export type Told = {
  progress(sent: number): void;
  waiting(): void;
  /** What the server says against it; `isLost`: nothing of it is kept there any more. */
  refused(status: number, text: string): void;
  done(fileId: string, contentType: string): void;
};

type Answer = { status: number; offset: number; body: string };
const smallest = 128 * 1024;
const largest = 8 * 1024 * 1024;
const wantedSeconds = 15;
const longestWaitMs = 30_000;
/** The server's disk is full: asking again at once would only fill the line. */
const noRoom = 507;

export async function beginAt(file: File, token: string): Promise<Answer & { url: string }> {
  const name = btoa(String.fromCharCode(...new TextEncoder().encode(file.name)));
  const response = await fetch('/api/v1/uploads', {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': String(file.size),
      'upload-metadata': `filename ${name}`,
      'x-csrf-token': token,
    },
  });
  const url = response.headers.get('location') ?? '';
  return { url, status: response.status, offset: 0, body: await response.text() };
}

export async function offsetAt(url: string): Promise<{ status: number; offset: number }> {
  const response = await fetch(url, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } });
  return { status: response.status, offset: Number(response.headers.get('upload-offset')) };
}

export async function removeAt(url: string, token: string): Promise<void> {
  await fetch(url, { method: 'DELETE', headers: { 'tus-resumable': '1.0.0', 'x-csrf-token': token } });
}

type Sending = { url: string; file: File; token: string; told: Told };

export function send(sending: Sending): Sender {
  const run = new Run(sending);
  void run.start();
  return { pause: () => run.stop() };
}

class Run {
  readonly #s: Sending;
  #request: XMLHttpRequest | undefined;
  #isStopped = false;
  #pieceBytes = 512 * 1024;
  #failures = 0;

  constructor(sending: Sending) {
    this.#s = sending;
  }

  stop(): void {
    this.#isStopped = true;
    this.#request?.abort();
  }

  async start(): Promise<void> {
    let offset: number | undefined;
    while (!this.#isStopped) {
      try {
        offset ??= await this.#offset();
        if (offset === undefined) return;
        if (offset >= this.#s.file.size) {
          if (await this.#finish()) return;
          continue;
        }
        offset = await this.#piece(offset);
        if (offset === -1) return;
      } catch {
        offset = undefined;
        await this.#wait();
      }
    }
  }

  async #offset(): Promise<number | undefined> {
    const { status, offset } = await offsetAt(this.#s.url);
    if (status >= 500) throw new Error('later');
    if (status !== 200) {
      this.#s.told.refused(status, '');
      return undefined;
    }
    this.#s.told.progress(offset);
    return offset;
  }

  /** Where the next piece begins; -1 where the server refuses this one for good. */
  async #piece(offset: number): Promise<number> {
    const end = Math.min(this.#s.file.size, offset + this.#pieceBytes);
    const started = performance.now();
    const answer = await this.#patch(offset, this.#s.file.slice(offset, end));
    const isLater = answer.status >= 500 && answer.status !== noRoom;
    if (answer.status === 409 || isLater || answer.status === 0 || answer.status === 400)
      throw new Error('look again');
    if (answer.status !== 204) {
      if (!this.#isStopped) this.#s.told.refused(answer.status, textOf(answer.body));
      return -1;
    }
    this.#failures = 0;
    const rate = (end - offset) / Math.max(0.05, (performance.now() - started) / 1000);
    this.#pieceBytes = Math.round(Math.min(largest, Math.max(smallest, rate * wantedSeconds)));
    return answer.offset;
  }

  #patch(offset: number, piece: Blob): Promise<Answer> {
    const request = new XMLHttpRequest();
    this.#request = request;
    return new Promise((resolve, reject) => {
      request.open('PATCH', this.#s.url);
      request.setRequestHeader('content-type', 'application/offset+octet-stream');
      request.setRequestHeader('tus-resumable', '1.0.0');
      request.setRequestHeader('upload-offset', String(offset));
      request.setRequestHeader('x-csrf-token', this.#s.token);
      request.upload.onprogress = (event) => this.#s.told.progress(offset + event.loaded);
      request.onload = () =>
        resolve({
          status: request.status,
          offset: Number(request.getResponseHeader('upload-offset')),
          body: request.responseText,
        });
      request.onerror = request.onabort = request.ontimeout = () => reject(new Error('line'));
      request.timeout = 300_000;
      request.send(piece);
    });
  }

  async #finish(): Promise<boolean> {
    const response = await fetch(`${this.#s.url}/file`, {
      method: 'POST',
      headers: { 'x-csrf-token': this.#s.token },
    });
    const body = await response.text();
    const isLater = response.status >= 500 && response.status !== noRoom;
    if (isLater || response.status === 409) throw new Error('later');
    if (response.ok) {
      const saved = JSON.parse(body) as { fileId: string; contentType: string };
      this.#s.told.done(saved.fileId, saved.contentType);
    } else this.#s.told.refused(response.status, textOf(body));
    return true;
  }

  /** Longer after each failure; a line that comes back ends the wait. */
  async #wait(): Promise<void> {
    if (this.#isStopped) return;
    this.#s.told.waiting();
    this.#failures += 1;
    const pause = Math.min(longestWaitMs, 1000 * 2 ** Math.min(this.#failures, 5));
    await new Promise<void>((done) => {
      const timer = setTimeout(finish, pause);
      function finish() {
        clearTimeout(timer);
        removeEventListener('online', finish);
        done();
      }
      addEventListener('online', finish);
    });
  }
}

/** The server's words on a refusal, for people. */
export function textOf(body: string): string {
  try {
    const problem = JSON.parse(body) as { title?: string; errors?: { text?: string }[] };
    return problem.errors?.[0]?.text ?? problem.title ?? '';
  } catch {
    return '';
  }
}
