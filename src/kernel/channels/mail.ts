import { createTransport, type Transporter } from 'nodemailer';
import type { Config } from '../config.ts';

type Smtp = NonNullable<Config['smtp']>;
const transports = new Map<string, Transporter>();

/** Plain text by SMTP; the address of the server, with user and password, stands in SMTP_URL. */
export async function sendMail(
  smtp: Smtp,
  mail: { to: string; subject: string; text: string },
): Promise<void> {
  await transportOf(smtp.url).sendMail({
    from: smtp.from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    // Mail rooms must not answer a code with "out of office".
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
}

const timeouts = 'connectionTimeout=10000&greetingTimeout=10000&socketTimeout=20000';

function transportOf(url: string): Transporter {
  const known = transports.get(url);
  if (known) return known;
  const made = createTransport(`${url}${url.includes('?') ? '&' : '?'}${timeouts}`);
  transports.set(url, made);
  return made;
}
