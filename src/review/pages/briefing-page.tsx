import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDay, todayInIndia } from '../../kernel/dates.ts';
import { Button, Card, Notice, PageHeading } from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { sentencesOf } from '../briefing/sentences.ts';
import { placeNotes } from '../files/section-words.ts';
import type { PartProps } from './sheet-page.tsx';
import { daysTold, formHref, placeName, reviewHref, sayIn } from './words.ts';

/** The sheet in sentences, to be read before the review begins; on paper it is one page. */
export function sendBriefing(
  request: FastifyRequest,
  reply: FastifyReply,
  { sheet, asked }: Pick<PartProps, 'sheet' | 'asked'>,
) {
  const say = sayIn(request.ctx.language);
  const { t, language } = say;
  const title = t('review.briefingTitle', { office: placeName(sheet.place, say) });
  const asOf = formatDay(sheet.asOf, language);
  return sendPage(
    request,
    reply,
    {
      ...{ title, area: 'office', activeLink: 'reviewSheet', asOf, width: 'reading' },
      breadcrumbs: [{ label: t('review.title'), href: reviewHref(sheet.place, asked) }],
    },
    <>
      <PageHeading
        title={title}
        lead={t('review.asOf', { day: asOf })}
        actions={
          <Button icon="pdf" href={formHref(sheet, '/briefing.pdf', asked)}>
            {t('review.pdf')}
          </Button>
        }
      />
      {daysTold(sheet, asked, { say, today: todayInIndia(request.ctx.clock) }).map((text) => (
        <Notice key={text}>{text}</Notice>
      ))}
      {placeNotes(sheet, say).map((text) => (
        <p key={text} class="soft">
          {text}
        </p>
      ))}
      <Card>
        {sentencesOf(sheet, language).map(({ heading, sentences }) => (
          <section key={heading}>
            <h2>{heading}</h2>
            <p>{sentences.join(' ')}</p>
          </section>
        ))}
      </Card>
    </>,
  );
}
