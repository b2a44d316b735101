import { connect, type Socket } from 'node:net';
import { ReplyReader } from './reply-reader.ts';
import { type Summary, summarise } from './statistics.ts';

/** A request of one of several kinds, as it goes over the wire, and the status that it should be answered with. */
export type Ask = { kind: string; text: string; expect: number };

/** One request as it goes over the wire, and whether its answer's status is the wanted one. */
export type LoadPlan = {
  port: number;
  clients: number;
  seconds: number;
  /** The nth request of a client; undefined: this client has nothing left to ask. */
  next(client: number, turn: number): string | Ask | undefined;
  expect: number;
  /** Sent so often by all clients together; without it as fast as they are answered. */
  perSecond?: number;
  /** Told the moment of each right answer. */
  answered?(at: number): void;
};

export type LoadResult = Summary & {
  perSecond: number;
  failed: number;
  /** Requests answered in all, those of the warm-up too, and how many of them as wanted. */
  total: number;
  acknowledged: number;
  bytesEach: number;
  statuses: string;
  /** Of requests with a kind. */
  byKind: ReadonlyMap<string, Summary>;
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
    nextAt: began,
  };
  const seen: Seen = {
    times: [],
    failed: 0,
    total: 0,
    bytes: 0,
    statuses: new Map(),
    kinds: new Map(),
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
    byKind: new Map([...seen.kinds].map(([kind, times]) => [kind, summarise(times)])),
  };
}

type Seen = {
  times: number[];
  failed: number;
  total: number;
  bytes: number;
  statuses: Map<number, number>;
  kinds: Map<string, number[]>;
  lastAt: number;
};
type Clock = { measureFrom: number; until: number; nextAt: number };
type Shared = { clock: Clock; seen: Seen };

function runClient(plan: LoadPlan, index: number, { clock, seen }: Shared): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket: Socket = connect({ host: '127.0.0.1', port: plan.port, noDelay: true });
  const reader = new ReplyReader();
  let turn = 0;
  let sentAt = 0;
  let asked: Ask | undefined;
  const send = () => {
    const next = performance.now() < clock.until ? plan.next(index, turn) : undefined;
    if (next === undefined) return void socket.end();
    asked = typeof next === 'string' ? { kind: '', text: next, expect: plan.expect } : next;
    turn += 1;
    sentAt = performance.now();
    socket.write(asked.text);
  };
  socket.on('connect', () => inTurn(plan, clock, send));
  socket.on('data', (chunk: Buffer) => {
    const reply = reader.take(chunk);
    if (!reply || !asked) return;
    const now = performance.now();
    const isRight = reply.status === asked.expect;
    note(seen, { ...reply, isRight });
    if (isRight) plan.answered?.(now);
    if (isRight && sentAt >= clock.measureFrom) noteTime(seen, asked.kind, now - sentAt);
    seen.lastAt = now;
    inTurn(plan, clock, send);
  });
  socket.on('error', reject);
  socket.on('close', () => resolve());
  return promise;
}

/** At once, or when it is this request's turn. */
function inTurn({ perSecond }: LoadPlan, clock: Clock, send: () => void): void {
  const wait = perSecond === undefined ? 0 : clock.nextAt - performance.now();
  if (perSecond !== undefined) clock.nextAt += 1000 / perSecond;
  if (wait <= 0) send();
  else setTimeout(send, wait);
}

function noteTime(seen: Seen, kind: string, time: number): void {
  seen.times.push(time);
  if (kind === '') return;
  const known = seen.kinds.get(kind);
  if (known) known.push(time);
  else seen.kinds.set(kind, [time]);
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
