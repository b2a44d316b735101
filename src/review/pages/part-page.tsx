import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDay, todayInIndia } from '../../kernel/dates.ts';
import { Card, Notice, PageHeading } from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import type { PartKind, PartOffices } from '../sheet/part-offices.ts';
import { partReportHref } from './report-hrefs.ts';
import { LinesTable } from './units-card.tsx';
import { type Asked, daysTold, nameOf, placeName, reviewHref, sayIn, withoutOrigin } from './words.ts';

type Shown = PartOffices & { of: PartKind; asked: Asked };

/** The offices behind one square of a department's sheet, each with the way to its own sheet. */
export function sendPartPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { sheet, whole, lines, elsewhere, of, asked }: Shown,
) {
  const say = sayIn(request.ctx.language);
  const { t, language } = say;
  const today = todayInIndia(request.ctx.clock);
  const names = { part: nameOf(whole, language), office: placeName(sheet.place, say) };
  const title = t('review.partTitle', names);
  const day = formatDay(sheet.asOf, language);
  // The sheet of today goes on being today's.
  const { asOf: _asOf, ...others } = withoutOrigin(asked);
  const onward = sheet.asOf === today ? others : { ...others, asOf: sheet.asOf };
  const back = reviewHref(sheet.place, onward);
  const props = { sheet, say, asked: onward, showsAll: true };
  return sendPage(
    request,
    reply,
    {
      ...{ title, area: 'office', activeLink: 'reviewSheet', asOf: day },
      breadcrumbs: [...sheet.path, sheet.place].map((place) => ({
        label: placeName(place, say),
        href: reviewHref(place, onward),
      })),
    },
    <>
      <p class="screen-only">
        <a href={back}>{t('review.wayBack', { place: names.office })}</a>
      </p>
      <PageHeading title={title} lead={t('review.asOf', { day })} />
      {daysTold(sheet, asked, { say, today }).map((text) => (
        <Notice key={text}>{text}</Notice>
      ))}
      <Card title={t('review.officesHere')} lead={t('review.lead_units')}>
        <LinesTable
          {...props}
          of="units"
          lines={lines}
          caption={title}
          whole={{ label: t('review.partWhole', names), line: whole }}
        />
        <p class="soft">{t('review.partNote')}</p>
        {elsewhere.length > 0 ? (
          <p class="soft">
            {t('review.partElsewhere', {
              offices: elsewhere.map((one) => nameOf(one, language)).join('; '),
            })}
          </p>
        ) : null}
        <p class="screen-only">
          <a href={partReportHref(sheet, { of, code: whole.code })}>{t('review.partReport')}</a>
        </p>
      </Card>
    </>,
  );
}
