import { formatDayTime } from '../../../kernel/dates.ts';
import { type MessageKey, pick } from '../../../kernel/i18n.ts';
import { Card, Prose, Tag, type TagTone, useFrame } from '../../../shell/index.ts';
import type { HelpMessage, HelpState } from '../store.ts';

const tones: Record<HelpState, TagTone> = { open: 'progress', answered: 'done', closed: 'neutral' };

export function StateTag({ state }: { state: HelpState }) {
  const { t } = useFrame();
  return <Tag tone={tones[state]}>{t(`notices.state_${state}` as MessageKey)}</Tag>;
}

/** What was written, in its order; answers stand out by their edge and their words. */
export function Thread({ messages }: { messages: HelpMessage[] }) {
  const { t, language } = useFrame();
  return (
    <>
      {messages.map((message) => (
        <Card
          key={message.helpMessageId}
          tone={message.isFromDesk ? 'done' : 'plain'}
          title={message.isFromDesk ? t('notices.answer') : t('notices.question')}
          aside={<span class="soft">{formatDayTime(message.writtenAt, language)}</span>}
          lead={pick({ hi: message.nameHi, en: message.nameEn }, language)}
        >
          <Prose>
            {paragraphs(message.text).map((text, index) => (
              <p key={`${index}:${text}`}>{text}</p>
            ))}
          </Prose>
        </Card>
      ))}
    </>
  );
}

function paragraphs(text: string): string[] {
  return text.split(/\r?\n+/).filter((line) => line.trim() !== '');
}
