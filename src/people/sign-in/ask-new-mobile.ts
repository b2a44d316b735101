import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { Browser } from './browser.ts';
import { spendGuess } from './budgets.ts';
import { mobileOf, readIdentifier } from './identifier.ts';
import { signInPersons } from './stores/persons.ts';
import { insertRequest, openRequestCount } from './stores/requests.ts';
import { candidatesOf } from './stores/secrets.ts';

type Input = { employeeCode: string; joinedOn: string; mobile: string; browser: Browser };
const mostOpen = 3;

/**
 * "My number has changed": waits for the nodal officer, who checks the person. The answer is the same
 * whether anybody was meant or not.
 */
export async function askNewMobile(ctx: Ctx, input: Input): Promise<void> {
  const newMobile = mobileOf(input.mobile);
  if (!newMobile) throw invalid([{ path: 'mobile', code: 'bad_mobile', text: badMobileText }], badMobileText);
  const { codes } = readIdentifier(input.employeeCode);
  const accounts = (await candidatesOf(ctx, { codes })).map((candidate) => candidate.personId);
  const { deviceDigest } = input.browser;
  await spendGuess(ctx, { what: 'identity', accounts, typed: input.employeeCode, deviceDigest });
  const [person] = (await signInPersons(ctx, accounts)).filter((one) => one.joinedOn === input.joinedOn);
  if (!person) return;
  const { personId } = person;
  await ctx.db.transaction(async (tx) => {
    if ((await openRequestCount(tx, personId)) >= mostOpen) return;
    const requestId = newId();
    await insertRequest(tx, { personId, requestId, newMobile, now: ctx.clock.now() });
    const subject = { subjectKind: 'sign_in_request', subjectId: requestId, personId };
    await audit(tx, ctx, { action: 'sign_in_request.made', ...subject });
  });
}

const badMobileText = { hi: 'मोबाइल नंबर दस अंकों में लिखें।', en: 'Write the mobile number in ten digits.' };
