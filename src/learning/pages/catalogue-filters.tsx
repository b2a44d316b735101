import type { FacetName } from '../../catalogue/index.ts';
import { sorts } from '../../catalogue/index.ts';
import type { MessageKey } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import { Details, Icon, SelectField } from '../../shell/index.ts';
import { type CatalogueView, chosenFilters, hrefOf } from '../catalogue-view.ts';
import { languageName, type Say, tagName } from './words.ts';

type Props = { view: CatalogueView; say: Say };

const labels: Record<FacetName, { label: MessageKey; every: MessageKey }> = {
  tag: { label: 'catalogue.tag', every: 'catalogue.everyTag' },
  language: { label: 'catalogue.language', every: 'catalogue.everyLanguage' },
  competency: { label: 'catalogue.competency', every: 'catalogue.everyCompetency' },
  provider: { label: 'catalogue.provider', every: 'catalogue.everyProvider' },
  duration: { label: 'catalogue.duration', every: 'catalogue.everyDuration' },
  audience: { label: 'catalogue.audience', every: 'catalogue.everyAudience' },
};
const shown: FacetName[] = ['tag', 'language', 'duration', 'competency', 'audience', 'provider'];

/** The filters with what each would leave, folded away: on a phone the courses come first. */
export function FilterSheet({ view, say }: Props) {
  const { query, facets } = view;
  const { t } = say;
  return (
    <Details
      summary={t('catalogue.narrow')}
      isOpen={view.entries.length === 0 && chosenFilters(query).length > 0}
    >
      <div class="filter-sheet">
        {shown.map((facet) => (
          <Facet key={facet} facet={facet} view={view} say={say} />
        ))}
        {query.competency ? (
          <SelectField
            name="level"
            label={t('catalogue.level')}
            value={String(query.level ?? '')}
            emptyLabel={t('catalogue.everyLevel')}
            options={facets.values.level.map(({ value, count }) => ({
              value,
              label: counted(t('catalogue.levelFrom', { n: value }), count, say),
            }))}
          />
        ) : null}
        <button class="button secondary" type="submit">
          {t('catalogue.applyFilters')}
        </button>
      </div>
    </Details>
  );
}

/** A facet with a single value that everything has narrows nothing, and is left out. */
function Facet({ facet, view, say }: Props & { facet: FacetName }) {
  const chosen = view.query[facet];
  const values = view.facets.values[facet];
  const isOpenChoice = values.length > 1 || values.some((one) => one.count < view.facets.total);
  if (!chosen && !isOpenChoice) return null;
  const isKnown = values.some((one) => one.value === chosen);
  const options = chosen && !isKnown ? [{ value: chosen, count: 0 }, ...values] : values;
  const ordered =
    facet === 'duration' ? options.toSorted((a, b) => bandAt(a.value) - bandAt(b.value)) : options;
  return (
    <SelectField
      name={facet}
      label={say.t(labels[facet].label)}
      value={chosen ?? ''}
      emptyLabel={say.t(labels[facet].every)}
      options={ordered.map(({ value, count }) => ({
        value,
        label: counted(valueName(facet, value, { view, say }), count, say),
      }))}
    />
  );
}

const bands = ['to15', 'to30', 'to60', 'over60'] as const;
const bandAt = (value: string) => (bands as readonly string[]).indexOf(value);

function counted(name: string, count: number, { language }: Say): string {
  return `${name} (${formatNumber(count, language)})`;
}

function valueName(facet: FacetName, value: string, { view, say }: Props): string {
  if (facet === 'tag') return tagName(value, say.t);
  if (facet === 'language') return languageName(value, say.t);
  if (facet === 'competency') return view.competencyNames.get(value) ?? value;
  if (facet === 'duration') return say.t(`catalogue.duration_${bands[bandAt(value)] ?? 'over60'}`);
  return value;
}

/** What the list is narrowed by, each with its way out. */
export function ChosenFilters({ view, say }: Props) {
  const { query } = view;
  const { t } = say;
  const chosen = chosenFilters(query);
  if (chosen.length === 0) return null;
  const level =
    query.competency && query.level
      ? [{ name: 'level', text: t('catalogue.levelFrom', { n: query.level }) }]
      : [];
  const chips = chosen.map((name) => ({
    name: name as string,
    text: valueName(name, String(query[name]), { view, say }),
  }));
  return (
    <nav class="chips" aria-label={t('catalogue.chosen')}>
      <ul>
        {[...chips, ...level].map(({ name, text }) => (
          <li key={name}>
            <a
              class="chip"
              href={hrefOf(without(query, name))}
              aria-label={t('catalogue.takeAway', { filter: text })}
            >
              {text}
              <Icon name="close" size={16} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function without(query: CatalogueView['query'], name: string): CatalogueView['query'] {
  const level = name === 'competency' ? undefined : query.level;
  return { ...query, level, after: undefined, [name]: undefined };
}

/** How many were found, and in which order they stand. */
export function Orders({ view, say }: Props) {
  const { t, language } = say;
  const now = view.query.sort ?? 'relevance';
  const total = view.facets.total;
  return (
    <div class="orders">
      <p>{t(total === 1 ? 'catalogue.countOne' : 'catalogue.count', { n: formatNumber(total, language) })}</p>
      <nav aria-label={t('catalogue.order')}>
        <ul>
          {sorts
            .filter((sort) => sort !== 'newest' || view.query.q)
            .map((sort) => (
              <li key={sort}>
                <a
                  href={hrefOf({ ...view.query, sort, after: undefined })}
                  aria-current={
                    sort === now || (sort === 'relevance' && now === 'newest' && !view.query.q)
                      ? 'true'
                      : undefined
                  }
                >
                  {t(
                    sort === 'relevance' && !view.query.q
                      ? 'catalogue.sort_newest'
                      : `catalogue.sort_${sort}`,
                  )}
                </a>
              </li>
            ))}
        </ul>
      </nav>
    </div>
  );
}
