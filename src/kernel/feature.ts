import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Actor, Ctx } from './context.ts';
import type { Db } from './db.ts';
import type { Jobs } from './jobs.ts';
import type { Log } from './log.ts';
import type { Storage } from './storage.ts';

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What is made once at start and given to everything; a request or a job makes its Ctx from it. */
export type Runtime = {
  db: Db;
  config: Config;
  clock: Clock;
  storage: Storage;
  log: Log;
  /** HMAC and encryption key of this installation (DAKSH_SECRET, or one kept in the data folder for the demonstration). */
  secret: string;
};

/**
 * Whom a route lets in before its command's own policy looks closer:
 * everybody; whoever is signed in (or holds a token); whoever is a person (or holds his token); who has signed
 * in himself, so that no token's text opens it (sessions, password, second factor); whoever holds one of the
 * roles somewhere. A token, whatever it stands for, changes something through `/api/` alone.
 */
export type Access = 'public' | 'signed-in' | 'person' | 'session' | { roles: readonly string[] };

export type CommandLine = {
  args: string[];
  flags: Record<string, string | true>;
  print(text: string): void;
  printError(text: string): void;
};

/** One word of the command line. `run` returns the exit status. */
export type Command = {
  name: string;
  usage: string;
  /** The runtime is opened (and migrated) before `run`, and closed after it. */
  run(ctx: Ctx, line: CommandLine, runtime: Runtime): Promise<number>;
};

/** A feature's public face to the composition: its routes, jobs and words of the command line. */
export type Feature = {
  name: string;
  /** Hooks this feature to lower ones (observers, kinds of import) before anything runs. */
  prepare?(runtime: Runtime): void | Promise<void>;
  http?(app: App, runtime: Runtime): void | Promise<void>;
  jobs?(runtime: Runtime): Jobs;
  crontab?: string[];
  commands?: Command[];
  /** Loads this feature's part of the demonstration, once, in the order of the layers. */
  demonstration?(ctx: Ctx, runtime: Runtime): Promise<void>;
};

export function ctxOf(runtime: Runtime, actor: Actor, more: Partial<Ctx> = {}): Ctx {
  return {
    db: runtime.db,
    clock: runtime.clock,
    config: runtime.config,
    actor,
    language: runtime.config.defaultLanguage,
    requestId: more.requestId ?? 'command',
    ip: null,
    ...more,
  };
}
