import { formatDay, formatDayTime } from '../../../kernel/dates.ts';
import { type MessageKey, pick } from '../../../kernel/i18n.ts';
import { Card, Prose, SummaryList, Tag, type TagTone, useFrame } from '../../../shell/index.ts';
import { longDuration } from '../../pages/words.ts';
import type { CaseState, ReviewCase, ShownEvent } from '../store.ts';

const tones: Record<CaseState, TagTone> = {
  open: 'progress',
  cleared: 'done',
  upheld: 'neutral',
  lapsed: 'done',
};

export function CaseTag({ state }: { state: CaseState }) {
  const { t } = useFrame();
  return <Tag tone={tones[state]}>{t(`learning.caseState_${state}` as MessageKey)}</Tag>;
}

/** What was reported, what the clock showed, and until when it is to be decided. */
export function CaseFacts({ found }: { found: ReviewCase }) {
  const { t, language } = useFrame();
  const say = { t, language };
  const course = pick({ hi: found.courseHi, en: found.courseEn }, language);
  const rows = [
    { label: t('learning.caseDay'), value: formatDay(found.day, language) },
    ...(course ? [{ label: t('learning.caseCourse'), value: course }] : []),
    { label: t('learning.caseClaimed'), value: longDuration(found.claimedSeconds, say) },
    { label: t('learning.caseClock'), value: longDuration(found.claimedSeconds - found.excessSeconds, say) },
    ...(found.state === 'open'
      ? [{ label: t('learning.caseLapsesOn'), value: formatDay(found.lapsesOn, language) }]
      : []),
  ];
  return (
    <Card>
      <SummaryList rows={rows} />
    </Card>
  );
}

/** All that happened in a case, in its order. */
export function CaseEvents({ events }: { events: ShownEvent[] }) {
  const { t, language } = useFrame();
  return (
    <>
      {events.map((event) => (
        <Card
          key={`${event.kind}:${event.happenedAt.getTime()}`}
          title={t(`learning.caseEvent_${event.kind}` as MessageKey)}
          aside={<span class="soft">{formatDayTime(event.happenedAt, language)}</span>}
          lead={pick({ hi: event.nameHi, en: event.nameEn }, language) || undefined}
        >
          {event.text ? (
            <Prose>
              <p>{event.text}</p>
            </Prose>
          ) : null}
        </Card>
      ))}
    </>
  );
}
