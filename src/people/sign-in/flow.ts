import { randomInt } from 'node:crypto';
import type { Ctx } from '../../kernel/context.ts';
import { Refusal } from '../../kernel/errors.ts';
import { digestOf } from '../../kernel/ids.ts';
import { keyedDigest } from './sealing.ts';
import { type Flow, openFlow } from './stores/flows.ts';
import { type SignInPerson, signInPersons } from './stores/persons.ts';

export const codeMinutes = 5;
export const flowMinutes = 30;

/** What this browser is asked next; a pure function of what has been proved so far. */
export type Step = 'code' | 'person' | 'nobody' | 'identity' | 'pin' | 'setup' | 'done';

export type FlowState = {
  flow: Flow;
  step: Step;
  candidates: SignInPerson[];
  person?: SignInPerson;
  /** A number that several people share proves no one of them: each has a PIN. */
  needsPin: boolean;
};

/** The state of this browser's way in, or a refusal that says to begin again. */
export async function flowState(ctx: Ctx, flowSecret: string | undefined): Promise<FlowState> {
  const flow = flowSecret ? await openFlow(ctx, digestOf(flowSecret)) : undefined;
  if (!flow) throw flowGone();
  // Before the code is right nobody is named, not even to ourselves.
  const candidates = flow.isVerified ? await signInPersons(ctx, flow.candidateIds) : [];
  const person = candidates.find((candidate) => candidate.personId === flow.personId);
  const needsPin = flow.isContactShared && flow.purpose !== 'slip';
  return { flow, candidates, person, needsPin, step: stepOf({ flow, person, candidates, needsPin }) };
}

export function stepOf(state: Omit<FlowState, 'step'>): Step {
  const { flow, person, candidates, needsPin } = state;
  if (!flow.isVerified) return 'code';
  if (candidates.length === 0) return 'nobody';
  if (!person) return 'person';
  if (needsPin && person.pinHash) return 'pin';
  const isSetUp = Boolean(person.passwordHash ?? person.pinHash);
  if (flow.purpose === 'sign_in' && isSetUp && !needsPin) return 'done';
  return flow.isIdentityChecked ? 'setup' : 'identity';
}

export function newCode(): string {
  return String(randomInt(0, 1_000_000)).padStart(6, '0');
}

/** Bound to the flow, so that a code read off one browser is no use in another. */
export function codeDigest(code: string, flowDigest: Buffer): Buffer {
  return keyedDigest(`${flowDigest.toString('hex')}:${code}`, 'one-time-code');
}

export function flowGone(): Refusal {
  return new Refusal(
    'gone',
    {
      hi: 'यह साइन-इन पूरा हो चुका है या इसका समय बीत गया। फिर से शुरू करें।',
      en: 'This sign-in was finished or its time is over. Begin again.',
    },
    { reason: 'flow_gone' },
  );
}
