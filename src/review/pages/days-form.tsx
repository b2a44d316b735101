import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseDay, todayInIndia } from '../../kernel/dates.ts';
import {
  Button,
  ButtonRow,
  Card,
  DateField,
  ErrorSummary,
  errorFor,
  type FieldError,
  FilterBar,
  PageHeading,
  SelectField,
} from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { type Place, type Ranking, rankings } from '../sheet/shape.ts';
import { type Asked, placeName, reviewHref, type Say, sayIn } from './words.ts';

type DaysProps = {
  place: Place;
  asOf: string | undefined;
  /** Absent where nothing is compared for this reader. */
  compare?: string | undefined;
  rank: Ranking | undefined;
  asked: Asked;
  errors?: FieldError[];
  today: string;
  say: Say;
};

/** Another day, another comparison, another order. */
export function DaysForm({ place, asOf, compare, rank, asked, errors = [], today, say: { t } }: DaysProps) {
  return (
    <FilterBar
      action={reviewHref(place)}
      hidden={{ from: asked.from }}
      submitLabel={t('review.show')}
      resetHref={
        asked.asOf || asked.compare || asked.rank
          ? reviewHref(place, asked.from ? { from: asked.from } : {})
          : undefined
      }
    >
      <DateField
        name="asOf"
        label={t('review.asOfLabel')}
        value={asOf}
        max={today}
        error={errorFor(errors, 'asOf')}
      />
      {compare === undefined ? null : (
        <DateField
          name="compare"
          label={t('review.compareLabel')}
          value={compare}
          max={today}
          error={errorFor(errors, 'compare')}
        />
      )}
      <SelectField
        name="rank"
        label={t('review.rankLabel')}
        value={rank}
        options={rankings.map((ranking) => ({ value: ranking, label: t(`review.rank_${ranking}`) }))}
      />
    </FilterBar>
  );
}

/** Where a day of the address is none: the choice again, what is wrong beside its field, and the sheet of today. */
export function sendWrongDays(
  request: FastifyRequest,
  reply: FastifyReply,
  { place, asked }: { place: Place; asked: Asked },
) {
  const say = sayIn(request.ctx.language);
  const { t } = say;
  const { from, rank, asOf = '', compare = '' } = asked;
  const errors = Object.entries({ asOf, compare }).flatMap(([field, text]): FieldError[] =>
    text.trim() === '' || parseDay(text) ? [] : [{ field, text: t('review.notADay', { text }) }],
  );
  const title = t('review.titleOf', { office: placeName(place, say) });
  const today = todayInIndia(request.ctx.clock);
  return sendPage(
    request,
    reply,
    { ...{ title, area: 'office', activeLink: 'reviewSheet' }, hasErrors: true, status: 422 },
    <>
      <ErrorSummary
        errors={errors}
        labels={{ asOf: t('review.asOfLabel'), compare: t('review.compareLabel') }}
      />
      <PageHeading title={placeName(place, say)} lead={t('review.title')} />
      <Card>
        <DaysForm
          {...{ place, asOf: parseDay(asOf) ?? asOf, compare: parseDay(compare) ?? compare }}
          {...{ rank, errors, today, say }}
          asked={from ? { from } : {}}
        />
      </Card>
      <ButtonRow>
        <Button href={reviewHref(place, from ? { from } : {})} variant="secondary">
          {t('review.sheetOfToday')}
        </Button>
      </ButtonRow>
    </>,
  );
}
