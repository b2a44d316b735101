import { connect, type Socket } from 'node:net';
import { ReplyReader } from './reply-reader.ts';
import { type Summary, summarise } from './statistics.ts';

/** One request as it goes over the wire, and whether its answer's status is the wanted one. */
export type LoadPlan = {
  port: number;
  clients: number;
  seconds: number;
  /** The nth request of a client; undefined: this client has nothing left to ask. */
  next(client: number, turn: number): string | undefined;
  expect: number;
};

export type LoadResult = Summary & {
  perSecond: number;
  failed: number;
  /** Requests answered in all, those of the warm-up too, and how many of them as wanted. */
  total: number;
  acknowledged: number;
  bytesEach: number;
  statuses: string;
};

const warmUpShare = 0.2;

/**
 * Keeps `clients` connections busy, each with one request at a time, for some seconds, on 127.0.0.1 alone.
 * Written on bare sockets, since it shares the cores with what it measures. The first fifth of the time
 * warms up and is counted on top.
 */
export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const began = performance.now();
  const clock = {
    measureFrom: began + plan.seconds * warmUpShare * 1000,
    until: began + plan.seconds * (1 + warmUpShare) * 1000,
  };
  const seen: Seen = {
    times: [],
    failed: 0,
    total: 0,
    bytes: 0,
    statuses: new Map(),
    lastAt: clock.measureFrom,
  };
  const clients = Array.from({ length: plan.clients }, (_, index) => runClient(plan, index, { clock, seen }));
  await Promise.all(clients);
  const summary = summarise(seen.times);
  return {
    ...summary,
    perSecond: (summary.count * 1000) / Math.max(1, seen.lastAt - clock.measureFrom),
    failed: seen.failed,
    total: seen.total,
    acknowledged: seen.total - seen.failed,
    bytesEach: Math.round(seen.bytes / Math.max(1, seen.total)),
    statuses: [...seen.statuses].map(([status, count]) => `${status}: ${count}`).join(', '),
  };
}

type Seen = {
  times: number[];
  failed: number;
  total: number;
  bytes: number;
  statuses: Map<number, number>;
  lastAt: number;
};
type Shared = { clock: { measureFrom: number; until: number }; seen: Seen };

function runClient(plan: LoadPlan, index: number, { clock, seen }: Shared): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket: Socket = connect({ host: '127.0.0.1', port: plan.port, noDelay: true });
  const reader = new ReplyReader();
  let turn = 0;
  let sentAt = 0;
  const send = () => {
    const now = performance.now();
    const request = now < clock.until ? plan.next(index, turn) : undefined;
    if (request === undefined) return void socket.end();
    turn += 1;
    sentAt = now;
    socket.write(request);
  };
  socket.on('connect', send);
  socket.on('data', (chunk: Buffer) => {
    const reply = reader.take(chunk);
    if (!reply) return;
    const now = performance.now();
    note(seen, { ...reply, isRight: reply.status === plan.expect });
    if (sentAt >= clock.measureFrom && reply.status === plan.expect) seen.times.push(now - sentAt);
    seen.lastAt = now;
    send();
  });
  socket.on('error', reject);
  socket.on('close', () => resolve());
  return promise;
}

function note(seen: Seen, reply: { status: number; bytes: number; isRight: boolean }): void {
  seen.total += 1;
  seen.bytes += reply.bytes;
  if (!reply.isRight) seen.failed += 1;
  seen.statuses.set(reply.status, (seen.statuses.get(reply.status) ?? 0) + 1);
}

export type RequestParts = {
  method?: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  json?: unknown;
};

/** A request of HTTP/1.1 as text. */
export function requestText({ method = 'GET', path, headers = {}, json }: RequestParts): string {
  const body = json === undefined ? '' : JSON.stringify(json);
  const all: Record<string, string> = { host: '127.0.0.1', ...headers };
  if (json !== undefined) {
    all['content-type'] = 'application/json';
    all['content-length'] = String(Buffer.byteLength(body));
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}
