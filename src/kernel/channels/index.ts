import { sql } from 'kysely';
import type { Config } from '../config.ts';
import type { Ctx } from '../context.ts';
import { newId } from '../ids.ts';
import { sendMail } from './mail.ts';
import { sendSms } from './sms.ts';

export { type DeliveryFailure, failureOf } from './failure.ts';

/**
 * One message to one address. `template` is the DLT template id that Indian operators demand of an SMS, `reference`
 * what the gateway's later report on it brings back.
 */
export type Message =
  | { channel: 'mail'; to: string; subject: string; text: string }
  | { channel: 'sms'; to: string; text: string; template?: string; reference?: string };

/** What this installation can send by; in the demonstration everything goes to the local mailbox page. */
export function channelsOf(config: Config): { mail: boolean; sms: boolean } {
  return {
    mail: config.smtp !== undefined || config.isDemonstration,
    sms: config.sms !== undefined || config.isDemonstration,
  };
}

/**
 * Sends one message; for jobs, never inside a transaction. Throws where the channel fails, so that the
 * job is tried again. Without a channel it says so; in the demonstration it keeps the message for /mailbox.
 */
export async function deliver(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config'>,
  message: Message,
): Promise<'sent' | 'kept' | 'no_channel'> {
  const { smtp, sms, isDemonstration } = ctx.config;
  if (message.channel === 'mail' && smtp) await sendMail(smtp, message);
  else if (message.channel === 'sms' && sms) await sendSms(sms, message);
  else if (isDemonstration) return keep(ctx, message);
  else return 'no_channel';
  return 'sent';
}

async function keep(ctx: Pick<Ctx, 'db' | 'clock'>, message: Message): Promise<'kept'> {
  const subject = message.channel === 'mail' ? message.subject : '';
  await sql`insert into local_message (local_message_id, channel, recipient, subject, body, made_at)
    values (${newId()}, ${message.channel}, ${message.to}, ${subject}, ${message.text}, ${ctx.clock.now()})`.execute(
    ctx.db.read,
  );
  return 'kept';
}

export type LocalMessage = {
  id: string;
  channel: 'mail' | 'sms';
  recipient: string;
  subject: string;
  body: string;
  madeAt: Date;
};

/** What the demonstration would have sent, newest first. */
export async function localMessages(ctx: Pick<Ctx, 'db'>): Promise<LocalMessage[]> {
  const found = await sql<LocalMessage>`select local_message_id as id, channel, recipient, subject, body,
      made_at as "madeAt" from local_message order by made_at desc limit 50`.execute(ctx.db.read);
  return found.rows;
}
