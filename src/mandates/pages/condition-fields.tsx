import type { MessageKey } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  Details,
  errorFor,
  HiddenFields,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from '../../shell/index.ts';
import { type Line, type LineKind, lineKinds } from './order-form.ts';
import type { FormPageProps } from './order-form-props.ts';
import { tagWord } from './sentence.ts';

const kindKeys: Record<LineKind, MessageKey> = {
  courses: 'orders.kindCourses',
  share: 'orders.kindShare',
  hours: 'orders.kindHours',
  days: 'orders.kindDays',
  passed: 'orders.kindPassed',
};

/** What an order asks: groups of conditions, each with the fields of its kind. */
export function WhatCard(props: FormPageProps) {
  const { form, errors, say } = props;
  const { t } = say;
  const kinds = lineKinds.map((kind) => ({ value: kind, label: t(kindKeys[kind]) }));
  return (
    <Card title={t('orders.stepWhat')} lead={t('orders.stepWhatLead')}>
      {form.conditions.length > 1 ? (
        <RadioGroup
          name="match"
          label={t('orders.match')}
          value={form.match}
          options={[
            { value: 'all', label: t('orders.matchAllOfThem') },
            { value: 'any', label: t('orders.matchOneOfThem') },
          ]}
        />
      ) : (
        <HiddenFields values={{ match: form.match }} />
      )}
      {form.conditions.map((lines, group) => (
        <Card key={group} headingLevel={3} title={t('orders.conditionN', { n: group + 1 })}>
          {lines.map((line, at) => (
            <LineFields key={at} {...props} line={line} place={{ group, at, of: lines.length }} />
          ))}
          <Details summary={t(form.match === 'all' ? 'orders.orElse' : 'orders.andAlso')}>
            <SelectField name={`alt.${group}`} label={t('orders.kind')} options={kinds} />
            <ButtonRow>
              <Button variant="secondary" icon="plus" name="step" value={`alt:${group}`}>
                {t('orders.addLine')}
              </Button>
            </ButtonRow>
          </Details>
        </Card>
      ))}
      <SelectField
        name="newKind"
        label={t('orders.newKind')}
        value={form.newKind}
        options={kinds}
        error={errorFor(errors, 'newKind')}
      />
      <ButtonRow>
        <Button variant="secondary" icon="plus" name="step" value="add">
          {t('orders.addCondition')}
        </Button>
      </ButtonRow>
    </Card>
  );
}

type LineProps = FormPageProps & { line: Line; place: { group: number; at: number; of: number } };

/** The fields of one condition: only those that its kind has. */
function LineFields(props: LineProps) {
  const { line, place, form, say } = props;
  const { t } = say;
  const at = `c.${place.group}.${place.at}`;
  const join = form.match === 'all' ? 'orders.wordOr' : 'orders.wordAnd';
  return (
    <>
      {place.at > 0 ? (
        <p>
          <b>{t(join)}</b>
        </p>
      ) : null}
      <p class="soft">{t(kindKeys[line.kind])}</p>
      <HiddenFields values={{ [`${at}.kind`]: line.kind }} />
      {line.kind === 'share' || line.kind === 'passed' ? null : <Part {...props} part="n" />}
      {line.kind === 'share' ? <Part {...props} part="percent" label="orders.sharePercent" /> : null}
      {line.kind === 'courses' || line.kind === 'hours' ? <TagField {...props} at={at} /> : null}
      {line.kind === 'days' ? <Part {...props} part="hours" label="orders.dayHours" /> : null}
      {line.kind === 'days' ? <Part {...props} part="percent" label="orders.dayPercent" /> : null}
      {line.kind === 'hours' || line.kind === 'days' ? null : <ListField {...props} at={at} />}
      <ButtonRow>
        <Button variant="quiet" name="step" value={`drop:${place.group}.${place.at}`}>
          {t('orders.dropLine')}
          <span class="hidden-text">
            {' '}
            {t('orders.conditionN', { n: place.group + 1 })}
            {place.of > 1 ? `, ${place.at + 1}` : ''}
          </span>
        </Button>
      </ButtonRow>
    </>
  );
}

const countKeys: Record<LineKind, MessageKey> = {
  courses: 'orders.countCourses',
  share: 'orders.countCourses',
  hours: 'orders.countHours',
  days: 'orders.countDays',
  passed: 'orders.countCourses',
};

type PartProps = LineProps & { part: 'n' | 'percent' | 'hours'; label?: MessageKey };

function Part({ line, place, part, label, errors, say: { t } }: PartProps) {
  const name = `c.${place.group}.${place.at}.${part}`;
  return (
    <TextField
      name={name}
      label={t(label ?? countKeys[line.kind])}
      value={line[part]}
      error={errorFor(errors, name)}
      inputmode={part === 'n' ? 'numeric' : 'decimal'}
      width="short"
      maxLength={6}
    />
  );
}

function TagField({ line, at, tags, say }: LineProps & { at: string }) {
  const { t } = say;
  const all = line.tag && !tags.includes(line.tag) ? [...tags, line.tag] : tags;
  return (
    <SelectField
      name={`${at}.tag`}
      label={t('orders.tag')}
      value={line.tag}
      emptyLabel={t('orders.tagAny')}
      options={all.map((tag) => ({ value: tag, label: tagWord(tag, say) }))}
    />
  );
}

function ListField({ line, at, errors, say: { t } }: LineProps & { at: string }) {
  const name = `${at}.list`;
  const error = errorFor(errors, name);
  if (line.kind === 'passed')
    return (
      <TextField
        {...{ name, error }}
        label={t('orders.testCode')}
        hint={t('orders.testCodeHint')}
        value={line.list}
        maxLength={200}
      />
    );
  return (
    <TextArea
      {...{ name, error }}
      label={t('orders.courseList')}
      hint={t('orders.courseListHint')}
      value={line.list}
      rows={line.kind === 'share' ? 4 : 2}
      isOptional={line.kind === 'courses'}
    />
  );
}
