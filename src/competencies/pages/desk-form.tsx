import { formatDayTime } from '../../kernel/dates.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import { pick } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  Details,
  ErrorSummary,
  errorFor,
  Form,
  HiddenFields,
  PageHeading,
  Prose,
  SelectField,
  Tag,
  TextArea,
  TextField,
} from '../../shell/index.ts';
import { levels } from '../dictionary/tags.ts';
import { type Change, type Competency, kinds } from '../stores/dictionary.ts';
import { deskHref, dictionaryHref, kindName, levelText, nameOf, type Say } from './words.ts';

type Props = { state: FormState; say: Say; found?: { competency: Competency; changes: Change[] } };

/** The form of one entry, for an editor; below it who changed it and when. */
export function DeskForm({ state, say, found }: Props) {
  const { t, language } = say;
  const title = found ? nameOf(found.competency, language) : t('competencies.addTitle');
  const isRetired = Boolean(found?.competency.retiredAt);
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading
        title={title}
        lead={found ? <span class="code">{found.competency.key}</span> : t('competencies.addLead')}
        actions={
          found ? (
            <Button href={`${dictionaryHref}/${found.competency.key}`} variant="quiet">
              {t('competencies.toPublic')}
            </Button>
          ) : null
        }
      />
      {isRetired ? (
        <p>
          <Tag>{t('competencies.retired')}</Tag> {t('competencies.retiredText')}
        </p>
      ) : null}
      <Form action={found ? `${deskHref}/${found.competency.key}` : deskHref}>
        {found ? (
          <HiddenFields
            values={{ revision: state.values['revision'] ?? String(found.competency.revision) }}
          />
        ) : null}
        <Names state={state} say={say} isNew={!found} />
        <Descriptors state={state} say={say} />
        <ButtonRow>
          <Button>{t('common.save')}</Button>
          <Button variant="secondary" href={deskHref}>
            {t('common.cancel')}
          </Button>
        </ButtonRow>
      </Form>
      {found ? <Retiring competency={found.competency} say={say} /> : null}
      {found ? <History changes={found.changes} say={say} /> : null}
    </>
  );
}

type PartProps = { state: FormState; say: Say };

function fieldsOf(state: FormState) {
  return (name: string) => ({ name, value: state.values[name], error: errorFor(state.errors, name) });
}

function Names({ state, say, isNew }: PartProps & { isNew: boolean }) {
  const { t } = say;
  const field = fieldsOf(state);
  return (
    <Card title={t('competencies.namesTitle')}>
      {isNew ? (
        <TextField
          {...field('key')}
          label={t('competencies.key')}
          hint={t('competencies.keyHint')}
          width="medium"
          spellcheck={false}
          isRequired
        />
      ) : null}
      <TextField {...field('nameHi')} label={t('competencies.nameHi')} lang="hi" isRequired />
      <TextField {...field('nameEn')} label={t('competencies.nameEn')} lang="en" isRequired />
      <SelectField
        {...field('kind')}
        label={t('competencies.kind')}
        options={kinds.map((kind) => ({ value: kind, label: kindName(kind, say) }))}
      />
      <TextArea
        {...field('subThemes')}
        label={t('competencies.subThemes')}
        hint={t('competencies.subThemesHint')}
        rows={5}
        isOptional
      />
      <TextField
        {...field('ordinal')}
        label={t('competencies.ordinal')}
        hint={t('competencies.ordinalHint')}
        inputmode="numeric"
        width="short"
        isOptional
      />
    </Card>
  );
}

function Descriptors({ state, say }: PartProps) {
  const { t } = say;
  const field = fieldsOf(state);
  return (
    <Card title={t('competencies.levelsTitle')} lead={t('competencies.descriptorsLead')}>
      {levels.map((level) => (
        <Details
          key={level}
          summary={levelText(level, say)}
          isOpen={Boolean(state.values[`level${level}Hi`] || state.values[`level${level}En`])}
        >
          <TextArea
            {...field(`level${level}Hi`)}
            label={t('competencies.inHindi')}
            lang="hi"
            rows={3}
            isOptional
          />
          <TextArea
            {...field(`level${level}En`)}
            label={t('competencies.inEnglish')}
            lang="en"
            rows={3}
            isOptional
          />
        </Details>
      ))}
    </Card>
  );
}

function Retiring({ competency, say: { t } }: { competency: Competency; say: Say }) {
  const isRetired = competency.retiredAt !== null;
  return (
    <Card title={t(isRetired ? 'competencies.reopenTitle' : 'competencies.retireTitle')}>
      <p>{t(isRetired ? 'competencies.reopenText' : 'competencies.retireText')}</p>
      <Form action={`${deskHref}/${competency.key}/${isRetired ? 'reopening' : 'retirement'}`}>
        <Button variant={isRetired ? 'secondary' : 'danger'}>
          {t(isRetired ? 'competencies.reopen' : 'competencies.retire')}
        </Button>
      </Form>
    </Card>
  );
}

function History({ changes, say }: { changes: Change[]; say: Say }) {
  const { t, language } = say;
  return (
    <Card title={t('competencies.history')}>
      {changes.length === 0 ? <p class="soft">{t('competencies.historyNone')}</p> : null}
      <Prose>
        <ul>
          {changes.map((change) => (
            <li key={change.happenedAt.getTime()}>
              {formatDayTime(change.happenedAt, language)} ·{' '}
              {pick({ hi: change.nameHi, en: change.nameEn }, language) || t('competencies.system')} ·{' '}
              {t(actKeys[change.action] ?? 'competencies.act_changed')}
              {changeText(change, say)}
            </li>
          ))}
        </ul>
      </Prose>
    </Card>
  );
}

const actKeys: Record<
  string,
  | 'competencies.act_added'
  | 'competencies.act_changed'
  | 'competencies.act_retired'
  | 'competencies.act_reopened'
> = {
  'competency.added': 'competencies.act_added',
  'competency.changed': 'competencies.act_changed',
  'competency.retired': 'competencies.act_retired',
  'competency.reopened': 'competencies.act_reopened',
};

const shown = ['nameHi', 'nameEn', 'kind', 'ordinal'];
const fieldKeys = {
  nameHi: 'competencies.nameHi',
  nameEn: 'competencies.nameEn',
  kind: 'competencies.kind',
  ordinal: 'competencies.ordinal',
  subThemes: 'competencies.subThemes',
  descriptors: 'competencies.descriptors',
} as const;

/** The fields that were changed; short ones with what stood before and stands since. */
function changeText({ action, detail }: Change, say: Say): string {
  if (action !== 'competency.changed') return '';
  const parts = (detail.changed ?? []).map((name) => {
    const key = fieldKeys[name as keyof typeof fieldKeys];
    const label = key ? say.t(key) : name;
    return shown.includes(name)
      ? `${label}: ${wordOf(name, detail.before, say)} → ${wordOf(name, detail.after, say)}`
      : label;
  });
  return parts.length > 0 ? ` (${parts.join('; ')})` : '';
}

function wordOf(name: string, side: Record<string, unknown> | undefined, say: Say): string {
  const value = side?.[name];
  const kind = kinds.find((one) => one === value);
  return kind && name === 'kind' ? kindName(kind, say) : String(value ?? '–');
}
