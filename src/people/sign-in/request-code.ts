import { channelsOf } from '../../kernel/channels/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { Refusal } from '../../kernel/errors.ts';
import { digestOf, newSecret } from '../../kernel/ids.ts';
import { addJob } from '../../kernel/jobs.ts';
import type { Browser } from './browser.ts';
import { type Attempt, spendSending } from './budgets.ts';
import { requireFilled } from './filled.ts';
import { codeDigest, codeMinutes, flowMinutes, newCode } from './flow.ts';
import { type Identifier, readIdentifier } from './identifier.ts';
import { seal } from './sealing.ts';
import { type FlowPurpose, insertFlow } from './stores/flows.ts';
import { holdersOfContact, type SignInPerson, signInPersons } from './stores/persons.ts';
import { candidatesOf } from './stores/secrets.ts';

export type CodeMessage = { kind: 'mobile' | 'email'; to: string; code: string; language: 'hi' | 'en' };
type Contact = { kind: 'mobile' | 'email'; value: string };

/**
 * Begins a sign-in by one-time code and returns the secret of this browser's flow. Whether anybody is
 * meant, nobody learns: an unknown identifier gets the same answer and a code that never comes.
 */
export async function requestCode(
  ctx: Ctx,
  input: { identifier: string; returnPath?: string; browser: Browser },
): Promise<string> {
  assertChannel(ctx);
  requireFilled({ identifier: input.identifier });
  const identifier = readIdentifier(input.identifier);
  const candidates = await candidatesOf(ctx, identifier);
  const accounts = candidates.map((candidate) => candidate.personId);
  await spendSending(ctx, attemptOf(input.identifier, accounts, input.browser));
  const meant = await meantBy(ctx, identifier, await signInPersons(ctx, accounts));
  return startFlow(ctx, { purpose: 'sign_in', ...meant, returnPath: input.returnPath });
}

/** First use, or a forgotten password: employee code and joining date must be right before a code is sent. */
export async function requestFirstUse(
  ctx: Ctx,
  input: { employeeCode: string; joinedOn: string; browser: Browser },
): Promise<string> {
  assertChannel(ctx);
  const identifier: Identifier = { codes: readIdentifier(input.employeeCode).codes };
  const candidates = await candidatesOf(ctx, identifier);
  const accounts = candidates.map((candidate) => candidate.personId);
  await spendSending(ctx, attemptOf(input.employeeCode, accounts, input.browser));
  const persons = await signInPersons(ctx, accounts);
  const right = persons.filter((person) => person.joinedOn === input.joinedOn);
  return startFlow(ctx, { purpose: 'first_use', ...(await meantBy(ctx, identifier, right)) });
}

function attemptOf(typed: string, accounts: string[], browser: Browser): Attempt {
  return { what: 'code', accounts, typed, deviceDigest: browser.deviceDigest };
}

type Meant = { persons: SignInPerson[]; contact?: Contact };

/** A number or address that was typed gets the code itself; an employee code, what the roster has. */
async function meantBy(ctx: Ctx, identifier: Identifier, persons: SignInPerson[]): Promise<Meant> {
  for (const contact of typedContacts(identifier)) {
    const holders = await holdersOfContact(ctx, contact);
    const named = persons.filter((person) => holders.includes(person.personId));
    if (named.length > 0) return { persons: named, contact };
  }
  const [person] = persons;
  // One code that two issuers gave to two people names nobody.
  if (!person || persons.length > 1) return { persons: [] };
  const contact = rosterContact(ctx, person);
  return { persons: contact ? [person] : [], contact };
}

function typedContacts({ mobile, email }: Identifier): Contact[] {
  const contacts: Contact[] = [];
  if (mobile) contacts.push({ kind: 'mobile', value: mobile });
  if (email) contacts.push({ kind: 'email', value: email });
  return contacts;
}

function rosterContact(ctx: Ctx, person: SignInPerson): Contact | undefined {
  const { mail, sms } = channelsOf(ctx.config);
  if (person.mobile && sms) return { kind: 'mobile', value: person.mobile };
  return person.email && mail ? { kind: 'email', value: person.email } : undefined;
}

type Start = Meant & { purpose: FlowPurpose; returnPath?: string };

async function startFlow(ctx: Ctx, start: Start): Promise<string> {
  const { contact } = start;
  const secret = newSecret();
  const digest = digestOf(secret);
  const code = newCode();
  const now = ctx.clock.now();
  const holders = contact ? await holdersOfContact(ctx, contact) : [];
  const message = contact ? messageOf(contact, code, start.persons) : undefined;
  await ctx.db.transaction(async (tx) => {
    await insertFlow(tx, {
      digest,
      purpose: start.purpose,
      candidateIds: start.persons.map((person) => person.personId),
      contact: contact && { ...contact, isShared: holders.length > 1 },
      code: { digest: codeDigest(code, digest), expiresAt: later(now, codeMinutes) },
      isIdentityChecked: start.purpose === 'first_use',
      returnPath: start.returnPath,
      now,
      expiresAt: later(now, flowMinutes),
    });
    // A job is added in both cases, so that neither time nor traffic tells them apart.
    const sealed = message ? seal(JSON.stringify(message), 'code-message').toString('base64') : '';
    await addJob(
      tx,
      'sign-in-code',
      { sealed, expiresAt: later(now, codeMinutes).toISOString() },
      { maxAttempts: 4 },
    );
  });
  return secret;
}

function messageOf(contact: Contact, code: string, persons: SignInPerson[]): CodeMessage {
  return { kind: contact.kind, to: contact.value, code, language: persons[0]?.language ?? 'hi' };
}

function later(now: Date, minutes: number): Date {
  return new Date(now.getTime() + minutes * 60_000);
}

function assertChannel(ctx: Ctx): void {
  const { mail, sms } = channelsOf(ctx.config);
  if (mail || sms) return;
  throw new Refusal(
    'unavailable',
    {
      hi: 'इस सर्वर से अभी कोड नहीं भेजे जा सकते। अपने कार्यालय के नोडल अधिकारी से साइन-इन पर्ची लें।',
      en: 'This server cannot send codes yet. Ask the nodal officer of your office for a sign-in slip.',
    },
    { reason: 'no_channel' },
  );
}
