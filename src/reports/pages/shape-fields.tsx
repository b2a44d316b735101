import { pick } from '../../kernel/i18n.ts';
import { CheckboxGroup, Details, errorFor, RadioGroup, SelectField, useFrame } from '../../shell/index.ts';
import type { Definition } from '../definition.ts';
import { groupDimensions } from '../resolve-report.ts';
import { subjects } from '../stores/subjects.ts';
import type { BuilderProps } from './builder-page.tsx';
import { columnChoices } from './query.ts';

/** A list or figures, and what is chosen of either; what belongs to the other one steps aside. */
export function ShapeFields(props: BuilderProps) {
  const { t } = useFrame();
  const { definition, mayList } = props;
  if (!mayList)
    return (
      <>
        <p class="soft">{t('reports.noNames')}</p>
        <Figures {...props} />
      </>
    );
  return (
    <>
      <RadioGroup
        name="shape"
        label={t('reports.shape')}
        value={definition.columns ? 'list' : 'figures'}
        options={[
          {
            value: 'figures',
            label: t('reports.shapeFiguresChoice'),
            hint: t('reports.shapeFiguresHint'),
          },
          { value: 'list', label: t('reports.shapeListChoice'), hint: t('reports.shapeListHint') },
        ]}
      />
      <div class="for-figures">
        <Figures {...props} />
      </div>
      <div class="for-list">
        <Columns {...props} />
      </div>
    </>
  );
}

const usualColumns: Record<Definition['subject'], string[]> = {
  people: ['code', 'nameHi', 'office', 'designation', 'completions'],
  completions: ['code', 'nameHi', 'office', 'course', 'completedOn'],
  orders: ['code', 'nameHi', 'office', 'status', 'dueOn'],
  courses: ['code', 'titleHi', 'provider', 'completions'],
  attendance: ['code', 'nameHi', 'office', 'programme', 'heldOn', 'minutes'],
};

function Columns({ definition, errors }: BuilderProps) {
  const { t, language } = useFrame();
  const { subject, columns } = definition;
  return (
    <Boxes
      name="c"
      id="columns"
      label={t('reports.columnsLabel')}
      moreLabel={t('reports.columnsMore')}
      error={errorFor(errors, 'columns')}
      values={columns ?? usualColumns[subject]}
      usual={usualColumns[subject]}
      options={columnChoices(subject).map(({ id, name }) => ({ value: id, label: pick(name, language) }))}
    />
  );
}

function Figures({ definition, errors }: BuilderProps) {
  const { t, language } = useFrame();
  const subject = subjects[definition.subject];
  const dimensions = groupDimensions(subject).map(({ id, name }) => ({
    value: id,
    label: pick(name, language),
  }));
  const error = errorFor(errors, 'measures');
  // Beside "choose one" stands what was chosen: none, and not the usual three.
  const usual = subject.measures.slice(0, 3).map(({ id }) => id);
  const chosen = definition.measures?.length
    ? definition.measures
    : error && definition.measures
      ? []
      : usual;
  return (
    <>
      <SelectField
        name="g1"
        id="groups"
        label={t('reports.group1')}
        value={definition.groups?.[0] ?? dimensions[0]?.value}
        options={dimensions}
        error={errorFor(errors, 'groups')}
      />
      <SelectField
        name="g2"
        label={t('reports.group2')}
        value={definition.groups?.[1]}
        options={dimensions}
        emptyLabel={t('reports.noGroup2')}
        isOptional
      />
      <Boxes
        name="m"
        id="measures"
        label={t('reports.measures')}
        moreLabel={t('reports.measuresMore')}
        error={error}
        values={chosen}
        usual={usual}
        options={subject.measures.map(({ id, name }) => ({ value: id, label: pick(name, language) }))}
      />
    </>
  );
}

type BoxesProps = Parameters<typeof CheckboxGroup>[0] & {
  id: string;
  moreLabel: string;
  usual: readonly string[];
};

/** Fewer than these are not worth folding away. */
const fewest = 4;

/** What is usual and what is chosen in sight, all else folded below it. */
function Boxes({ moreLabel, usual, options, ...group }: BoxesProps) {
  const { t } = useFrame();
  const values = group.values ?? [];
  const isShown = ({ value }: { value: string }) => usual.includes(value) || values.includes(value);
  const rest = options.filter((option) => !isShown(option));
  if (rest.length < fewest) return <CheckboxGroup {...group} options={options} />;
  return (
    <>
      <CheckboxGroup {...group} options={options.filter(isShown)} />
      <Details summary={t('reports.more', { what: moreLabel, count: rest.length })}>
        <CheckboxGroup
          name={group.name}
          id={`${group.id}-more`}
          label={moreLabel}
          isLabelHidden
          values={[]}
          options={rest}
        />
      </Details>
    </>
  );
}
