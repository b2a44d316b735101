import { Card, Grid } from '../../shell/index.ts';
import { sectionTitle } from '../files/section-words.ts';
import { endsShown } from '../sheet/notable.ts';
import type { Fact, FactMetric, Notable, SectionKey, Sheet } from '../sheet/shape.ts';
import type { PartProps } from './sheet-page.tsx';
import { lineHref, nameOf, type Say } from './words.ts';

/** Both ends of the ranking, each with what sets it apart from the whole; the reader judges. */
export function NotableCards(props: PartProps) {
  return endsShown(props.sheet).map(({ key, best, worst }) => (
    <Grid key={key}>
      {best.length > 0 ? <NotableCard {...props} of={key} list={best} end="best" /> : null}
      {worst.length > 0 ? <NotableCard {...props} of={key} list={worst} end="worst" /> : null}
    </Grid>
  ));
}

/** "जनपद: सबसे आगे" */
export function endTitle(
  sheet: Sheet,
  { key, end }: { key: SectionKey; end: 'best' | 'worst' },
  say: Say,
): string {
  return say.t('review.endOf', { section: sectionTitle(key, sheet, say), end: say.t(`review.${end}`) });
}

function NotableCard({
  sheet,
  say,
  asked,
  of,
  list,
  end,
}: PartProps & { of: SectionKey; list: Notable[]; end: 'best' | 'worst' }) {
  const { t, language } = say;
  return (
    <Card
      title={endTitle(sheet, { key: of, end }, say)}
      id={`${of}-${end}`}
      lead={t('review.notableLead', { measure: t(`review.by_${sheet.rankedBy}`) })}
    >
      <ul class="notable">
        {list.map((one) => (
          <li key={one.code}>
            <b>
              <Named href={lineHref(sheet, { of, line: one }, asked)} name={nameOf(one, language)} />
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

function Named({ href, name }: { href: string | undefined; name: string }) {
  return href ? <a href={href}>{name}</a> : name;
}

/** पहुँच 33.1% (पूरे में 55.5%) */
export function factText(fact: Fact, say: Say): string {
  const above = figureOf(fact.metric, fact.above, say);
  return say.t('review.factOfWhole', { fact: bareFactText(fact, say), above });
}

/** पहुँच 33.1% */
export function bareFactText({ metric, value }: Fact, say: Say): string {
  return say.t(`review.fact_${metric}`, { value: figureOf(metric, value, say) });
}

function figureOf(metric: FactMetric, figure: number, say: Say): string {
  if (metric === 'perHead' || metric === 'hours') return figure.toFixed(1);
  return metric === 'change' ? (say.change(figure) ?? '') : `${figure.toFixed(1)}%`;
}
