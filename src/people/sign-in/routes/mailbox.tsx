import { localMessages } from '../../../kernel/channels/index.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { App } from '../../../kernel/feature.ts';
import { MailboxPage } from '../pages/mailbox.tsx';
import { drawPage } from './draw.tsx';

/** Codes of the demonstration, which has no phone to send them to; nowhere else. */
export function mailboxRoutes(app: App): void {
  app.get('/mailbox', { config: { access: 'public' }, schema: { hide: true } }, async (request, reply) => {
    if (!request.ctx.config.isDemonstration) throw notFound();
    const messages = await localMessages(request.ctx);
    return drawPage(
      { request, reply },
      { title: 'signin.mailboxTitle', area: 'public' },
      <MailboxPage messages={messages} />,
    );
  });
}
