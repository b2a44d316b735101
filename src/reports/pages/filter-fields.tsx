import { type ComponentChildren, Fragment } from 'preact';
import { pick } from '../../kernel/i18n.ts';
import { CheckboxGroup, Details, errorFor, TextField, useFrame } from '../../shell/index.ts';
import { isFilter, type UnknownWord } from '../resolve-report.ts';
import type { Dimension } from '../stores/subject.ts';
import { subjects } from '../stores/subjects.ts';
import type { BuilderProps } from './builder-page.tsx';
import { builderHref } from './query.ts';

/** What rows are narrowed to, by dimension; folded while nothing is. */
export function Filters({ definition, errors, unknown, saved }: BuilderProps) {
  const { t } = useFrame();
  const filters = subjects[definition.subject].dimensions.filter(isFilter);
  if (filters.length === 0) return null;
  const isOpen = Object.keys(definition.filters ?? {}).length > 0;
  const filterError = (id: string) => {
    const one = unknown.find(({ dimension }) => dimension === id);
    const error = errorFor(errors, `filters.${id}`);
    return one ? <Meant unknown={one} definition={definition} saved={saved} /> : error;
  };
  return (
    <Details
      summary={t('reports.filtersSummary')}
      isOpen={isOpen || errors.some(({ field }) => field.startsWith('filters'))}
    >
      {filters.map((dimension) => (
        <FilterField
          key={dimension.id}
          dimension={dimension}
          values={definition.filters?.[dimension.id] ?? []}
          error={filterError(dimension.id)}
        />
      ))}
    </Details>
  );
}

/** What is wrong with a word of a filter, and links that put what may have been meant in its place. */
function Meant({
  unknown: { dimension, word, plain, near },
  definition,
  saved,
}: Pick<BuilderProps, 'definition' | 'saved'> & { unknown: UnknownWord }) {
  const { t, language } = useFrame();
  const choices = near[language];
  const values = definition.filters?.[dimension] ?? [];
  const hrefOf = (write: string) =>
    builderHref(
      {
        ...definition,
        filters: {
          ...definition.filters,
          [dimension]: values.map((value) => (value === word ? write : value)),
        },
      },
      { show: '1', ...(saved ? { id: saved.reportId } : {}) },
    );
  if (choices.length === 0) return pick(plain, language);
  return (
    <>
      {pick(plain, language)} {t('reports.similar')}{' '}
      {choices.map(({ name, write }, at) => (
        <Fragment key={write}>
          {at > 0 ? ', ' : ''}
          <a href={hrefOf(write)}>{name}</a>
        </Fragment>
      ))}
    </>
  );
}

type FilterProps = { dimension: Dimension; values: string[]; error: ComponentChildren };

function FilterField({ dimension, values, error }: FilterProps) {
  const { t, language } = useFrame();
  const { id, words, hasOtherKeys } = dimension;
  const field = { name: `f_${id}`, id: `filters.${id}`, label: pick(dimension.name, language), error };
  if (!words || hasOtherKeys)
    return <TextField {...field} hint={t(hintOf(dimension))} value={values.join('; ')} isOptional />;
  const options = Object.entries(words).map(([value, text]) => ({ value, label: pick(text, language) }));
  return <CheckboxGroup {...field} values={values} options={options} isInline />;
}

function hintOf({ said, hasCode }: Dimension) {
  if (!said) return 'reports.valuesHint' as const;
  return hasCode ? ('reports.codesHint' as const) : ('reports.namesHint' as const);
}
