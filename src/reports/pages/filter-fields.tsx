import { pick } from '../../kernel/i18n.ts';
import { CheckboxGroup, Details, errorFor, TextField, useFrame } from '../../shell/index.ts';
import { isFilter } from '../resolve-report.ts';
import type { Dimension } from '../stores/subject.ts';
import { subjects } from '../stores/subjects.ts';
import type { BuilderProps } from './builder-page.tsx';

/** What rows are narrowed to, by dimension; folded while nothing is. */
export function Filters({ definition, errors }: BuilderProps) {
  const { t } = useFrame();
  const filters = subjects[definition.subject].dimensions.filter(isFilter);
  if (filters.length === 0) return null;
  const isOpen = Object.keys(definition.filters ?? {}).length > 0;
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
          error={errorFor(errors, `filters.${dimension.id}`)}
        />
      ))}
    </Details>
  );
}

type FilterProps = { dimension: Dimension; values: string[]; error: string | undefined };

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
