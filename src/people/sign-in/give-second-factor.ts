import { audit } from '../../kernel/audit.ts';
import type { Actor, Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { forbidden, Refusal, unauthenticated } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { wrongField } from './advance-flow.ts';
import type { Browser } from './browser.ts';
import { restore, spendGuess } from './budgets.ts';
import { digitsOf } from './identifier.ts';
import { newRecoveryCodes, openSecret, recoveryDigest, sealSecret, stepOfCode } from './second-factor.ts';
import {
  replaceRecoveryCodes,
  secondFactorOf,
  setSecondFactor,
  spendRecoveryCode,
  spendTotpStep,
} from './stores/secrets.ts';
import { markSecondFactor } from './stores/sessions.ts';

type Person = Extract<Actor, { kind: 'person' }>;
type Given = { code: string; browser: Browser };

/** The code of the authenticator app, or a recovery code, for the session that owes it. */
export async function giveSecondFactor(ctx: Ctx, given: Given): Promise<void> {
  const person = requireSession(ctx);
  const sealed = await secondFactorOf(ctx, person.personId);
  const secret = sealed && openSecret(sealed, person.personId);
  if (!secret) throw notEnrolled();
  const spent = await spendGuess(ctx, {
    what: 'factor',
    accounts: [person.personId],
    typed: '',
    deviceDigest: given.browser.deviceDigest,
  });
  await ctx.db.transaction(async (tx) => {
    const kind = await spend(tx, ctx, { person, secret, code: given.code });
    if (!kind) throw wrongField('code', 'wrong_code', wrongText);
    await done(tx, ctx, { person, action: 'second_factor.given', detail: { kind } });
  });
  await restore(ctx, spent);
}

type Spending = { person: Person; secret: string; code: string };

async function spend(tx: Tx, ctx: Ctx, { person, secret, code }: Spending) {
  const { personId } = person;
  const now = ctx.clock.now();
  const digits = digitsOf(code);
  const step = /^\d{6}$/.test(digits) ? stepOfCode(secret, digits, now) : undefined;
  if (step !== undefined) return (await spendTotpStep(tx, personId, step)) ? 'totp' : undefined;
  const isRight = await spendRecoveryCode(tx, { personId, digest: recoveryDigest(code), now });
  return isRight ? 'recovery' : undefined;
}

/** Takes the app in use after a first right code; returns the recovery codes, shown this once. */
export async function enrolSecondFactor(
  ctx: Ctx,
  input: { sealed: string; code: string },
): Promise<string[]> {
  const person = requireSession(ctx);
  const { personId } = person;
  // Whoever knows only the password must not put his own app in the place of the owner's.
  if (!person.secondFactorDone && (await secondFactorOf(ctx, personId))) throw forbidden();
  const secret = openSecret(Buffer.from(input.sealed, 'base64url'), personId);
  const step = secret ? stepOfCode(secret, digitsOf(input.code), ctx.clock.now()) : undefined;
  if (!secret || step === undefined) throw wrongField('code', 'wrong_code', wrongText);
  const codes = newRecoveryCodes();
  await ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    await setSecondFactor(tx, { personId, sealed: sealSecret(secret, personId), step, now });
    await keepCodes(tx, ctx, { personId, codes });
    await done(tx, ctx, { person, action: 'second_factor.enrolled', detail: {} });
  });
  return codes;
}

/** New recovery codes in the place of all earlier ones. */
export async function renewRecoveryCodes(ctx: Ctx): Promise<string[]> {
  const { personId, secondFactorDone } = requireSession(ctx);
  if (!secondFactorDone || !(await secondFactorOf(ctx, personId))) throw notEnrolled();
  const codes = newRecoveryCodes();
  await ctx.db.transaction(async (tx) => {
    await keepCodes(tx, ctx, { personId, codes });
    const subject = { subjectKind: 'person', subjectId: personId, personId };
    await audit(tx, ctx, { action: 'recovery_codes.renewed', ...subject });
  });
  return codes;
}

async function keepCodes(tx: Tx, ctx: Ctx, { personId, codes }: { personId: string; codes: string[] }) {
  const digests = codes.map(recoveryDigest);
  await replaceRecoveryCodes(tx, { personId, ids: codes.map(() => newId()), digests, now: ctx.clock.now() });
}

type Done = { person: Person; action: string; detail: Record<string, unknown> };

async function done(tx: Tx, ctx: Ctx, { person, action, detail }: Done): Promise<void> {
  const { personId, sessionId } = person;
  await markSecondFactor(tx, { personId, sessionId }, ctx.clock.now());
  await audit(tx, ctx, { action, subjectKind: 'session', subjectId: sessionId, personId, detail });
}

function requireSession(ctx: Ctx): Person {
  if (ctx.actor.kind === 'person') return ctx.actor;
  throw ctx.actor.kind === 'anonymous' ? unauthenticated() : forbidden();
}

function notEnrolled(): Refusal {
  return new Refusal(
    'conflict',
    { hi: 'पहले प्रमाणक ऐप जोड़ें।', en: 'Add an authenticator app first.' },
    { reason: 'not_enrolled' },
  );
}

const wrongText = {
  hi: 'कोड सही नहीं है, या पहले काम में लिया जा चुका है। ऐप में दिख रहा नया कोड लिखें।',
  en: 'The code is not right, or was used before. Type the code that the app shows now.',
};
