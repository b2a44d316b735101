import { Refusal } from '../kernel/errors.ts';
import type { Command } from '../kernel/feature.ts';
import { addJob } from '../kernel/jobs.ts';
import { recordBounce } from './bounces.ts';
import { isSendingHour } from './hours.ts';
import { remindersJob } from './run-reminders.ts';

export const remindCommand: Command = {
  name: 'remind',
  usage: 'remind: आज के अनुस्मारक अभी भेजें / have what is to be told today sent now',
  async run(ctx, line) {
    // By the worker, which has the settings of mail and SMS; this command may have been given none.
    await ctx.db.transaction((tx) => addJob(tx, remindersJob, {}, { key: remindersJob }));
    line.print(
      isSendingHour(ctx.clock.now())
        ? 'दक्ष कुछ क्षण में भेजना शुरू करेगा / the running server begins in a moment'
        : 'रात 8 से सुबह 8 बजे तक कुछ नहीं भेजा जाता / nothing leaves from 20:00 to 8:00',
    );
    return 0;
  },
};

export const bounceCommand: Command = {
  name: 'bounce',
  usage:
    'bounce ADDRESS [--reason TEXT]: जिस मोबाइल या ई-मेल पर संदेश नहीं पहुँचते / an address that takes no messages',
  async run(ctx, line) {
    const [address] = line.args;
    const reason = line.flags['reason'];
    if (!address) throw new Refusal('invalid', { hi: 'पता दें।', en: 'Give the address.' });
    await recordBounce(ctx, { address, reason: typeof reason === 'string' ? reason : undefined });
    line.print('दर्ज / recorded');
    return 0;
  },
};
