import { Refusal } from '../kernel/errors.ts';
import type { Command } from '../kernel/feature.ts';
import { recordBounce } from './bounces.ts';
import { runReminders } from './run-reminders.ts';

const outcomes = {
  done: 'पूरा / done',
  busy: 'कोई और भेज रहा है / another turn is at work',
  closed: 'रात 8 से सुबह 8 बजे तक कुछ नहीं भेजा जाता / nothing leaves from 20:00 to 8:00',
};

export const remindCommand: Command = {
  name: 'remind',
  usage: 'remind [--json]: आज के अनुस्मारक अभी भेजें / send what is to be told today, now',
  async run(ctx, line) {
    const outcome = await runReminders(ctx);
    line.print(line.flags['json'] ? JSON.stringify({ outcome }) : outcomes[outcome]);
    return outcome === 'busy' ? 1 : 0;
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
