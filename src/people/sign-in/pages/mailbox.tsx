import type { LocalMessage } from '../../../kernel/channels/index.ts';
import { formatDayTime } from '../../../kernel/dates.ts';
import { Button, Card, EmptyState, PageHeading, Tag, useFrame } from '../../../shell/index.ts';

export function MailboxPage({ messages }: { messages: LocalMessage[] }) {
  const { t } = useFrame();
  const refresh = (
    <Button href="/mailbox" variant="secondary">
      {t('signin.mailboxRefresh')}
    </Button>
  );
  return (
    <>
      <PageHeading title={t('signin.mailboxTitle')} lead={t('signin.mailboxLead')} actions={refresh} />
      {messages.length === 0 ? (
        <EmptyState title={t('signin.mailboxEmpty')}>{t('signin.mailboxEmptyText')}</EmptyState>
      ) : (
        messages.map((message) => <Message key={message.id} message={message} />)
      )}
    </>
  );
}

function Message({ message }: { message: LocalMessage }) {
  const { t, language } = useFrame();
  return (
    <Card
      title={message.subject || t('signin.mailboxTo', { to: message.recipient })}
      headingLevel={2}
      aside={<Tag>{t(message.channel === 'sms' ? 'signin.sms' : 'signin.mail')}</Tag>}
      lead={[message.subject ? message.recipient : '', formatDayTime(message.madeAt, language)]
        .filter(Boolean)
        .join(' · ')}
    >
      <p>{message.body}</p>
    </Card>
  );
}
