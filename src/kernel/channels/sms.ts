import type { Config } from '../config.ts';
import { GatewayAnswer } from './failure.ts';

type Sms = NonNullable<Config['sms']>;
const timeoutMs = 10_000;

/**
 * One SMS by a gateway that takes an HTTP POST: JSON `{to, text, sender, templateId, reference?}` with a
 * bearer token. A gateway with other names needs a small relay in front of it.
 */
export async function sendSms(
  sms: Sms,
  message: { to: string; text: string; template?: string; reference?: string },
): Promise<void> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (sms.token) headers['authorization'] = `Bearer ${sms.token}`;
  const reply = await fetch(sms.url, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      to: message.to,
      text: message.text,
      sender: sms.sender,
      templateId: message.template,
      reference: message.reference,
    }),
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'error',
  });
  await reply.body?.cancel();
  if (!reply.ok) throw new GatewayAnswer(reply.status);
}
