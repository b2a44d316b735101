import { Card, Grid } from '../../shell/index.ts';
import type { Fact, Notable } from '../sheet/shape.ts';
import type { PartProps } from './sheet-page.tsx';
import { nameOf, opensHref, type Say } from './words.ts';

/** Both ends of the ranking, each with what sets it apart from the whole; the reader judges. */
export function NotableCards(props: PartProps) {
  const { best, worst } = props.sheet.notable;
  if (best.length + worst.length === 0) return null;
  return (
    <Grid>
      {best.length > 0 ? <NotableCard {...props} list={best} end="best" /> : null}
      {worst.length > 0 ? <NotableCard {...props} list={worst} end="worst" /> : null}
    </Grid>
  );
}

function NotableCard({
  sheet,
  say,
  asked,
  list,
  end,
}: PartProps & { list: Notable[]; end: 'best' | 'worst' }) {
  const { t, language } = say;
  return (
    <Card
      title={t(end === 'best' ? 'review.best' : 'review.worst')}
      lead={t('review.notableLead', { measure: t(`review.by_${sheet.rankedBy}`) })}
    >
      <ul class="notable">
        {list.map((one) => (
          <li key={one.code}>
            <b>
              {one.opens ? (
                <a href={opensHref(sheet, one.opens, asked)}>{nameOf(one, language)}</a>
              ) : (
                nameOf(one, language)
              )}
            </b>{' '}
            <span class="soft">{t('review.placeOf', { place: one.place, of: one.of })}</span>
            {one.facts.map((fact) => (
              <span key={fact.metric} class="fact">
                {factText(fact, say)}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** पहुँच 33.1% (पूरे में 55.5%) */
export function factText({ metric, value, above }: Fact, say: Say): string {
  const shown = (figure: number) =>
    metric === 'perHead' || metric === 'hours'
      ? figure.toFixed(1)
      : metric === 'change'
        ? (say.change(figure) ?? '')
        : `${figure.toFixed(1)}%`;
  return say.t(`review.fact_${metric}`, { value: shown(value), above: shown(above) });
}
