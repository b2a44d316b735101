import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  Checkbox,
  ErrorSummary,
  errorFor,
  Form,
  Grid,
  HiddenFields,
  PageHeading,
  RadioGroup,
  TextArea,
  TextField,
} from '../../../shell/index.ts';
import { sendPage } from '../../../shell/site/index.ts';
import { chosenCompetencies, competencyDictionary } from '../../competency-hooks.ts';
import type { CourseDetails } from '../../course-store.ts';
import type { CourseDesk } from '../course-desk.ts';
import { type Other, StaleNotice } from './stale-notice.tsx';
import { stampFor } from './stale-other.ts';
import { courseHref, listHref, type Say, sayOf, titleOf } from './words.ts';
import { WritingAids } from './writing-aids.tsx';

export async function sendNewCourse(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const say = sayOf(request);
  const { t } = say;
  const values: Record<string, string> = state.errors.length > 0 ? state.values : { language: 'hi' };
  const picker = await pickerFor(request, state, []);
  return sendPage(
    request,
    reply,
    {
      title: t('catalogue.authorNew'),
      area: 'office',
      activeLink: 'courses',
      hasErrors: state.errors.length > 0,
      breadcrumbs: [
        { label: t('catalogue.authorCourses'), href: listHref },
        { label: t('catalogue.authorNew') },
      ],
    },
    <>
      <ErrorSummary errors={state.errors} labels={labels(say)} />
      <PageHeading title={t('catalogue.authorNew')} lead={t('catalogue.authorNewLead')} />
      <WritingAids ctx={request.ctx} />
      <Form action={listHref}>
        <DetailsFields values={values} state={state} say={say} picker={picker} />
        <Card title={t('catalogue.authorCode')}>
          <TextField
            name="code"
            label={t('catalogue.authorCode')}
            hint={t('catalogue.authorCodeHint')}
            value={values['code']}
            error={errorFor(state.errors, 'code')}
            width="medium"
            maxLength={64}
            spellcheck={false}
            autocomplete="off"
            isOptional
          />
        </Card>
        <ButtonRow>
          <Button>{t('catalogue.authorMake')}</Button>
          <Button variant="secondary" href={listHref}>
            {t('common.cancel')}
          </Button>
        </ButtonRow>
      </Form>
    </>,
  );
}

type DetailsView = { desk: CourseDesk; state: FormState; other?: Other };

export async function sendDetails(
  request: FastifyRequest,
  reply: FastifyReply,
  { desk, state, other }: DetailsView,
) {
  const say = sayOf(request);
  const { t } = say;
  const code = desk.course.code;
  const values = state.errors.length > 0 ? state.values : valuesOfDetails(desk.details);
  const picker = await pickerFor(request, state, desk.details.competencies);
  return sendPage(
    request,
    reply,
    {
      title: t('catalogue.authorDetails'),
      area: 'office',
      activeLink: 'courses',
      hasErrors: state.errors.length > 0,
      breadcrumbs: [
        { label: t('catalogue.authorCourses'), href: listHref },
        { label: titleOf(desk.details, say.language), href: courseHref(code, '/edit') },
        { label: t('catalogue.authorDetails') },
      ],
    },
    <>
      <ErrorSummary errors={state.errors} labels={labels(say)} />
      <PageHeading title={t('catalogue.authorDetails')} lead={t('catalogue.authorDetailsLead')} />
      {other ? (
        <StaleNotice
          other={other}
          say={say}
          typed={state.values}
          saved={valuesOfDetails(desk.details)}
          labels={labels(say)}
        />
      ) : null}
      <WritingAids ctx={request.ctx} />
      <Form action={courseHref(code, '/details')}>
        <HiddenFields values={{ revision: stampFor(state, other, desk.version.revision) }} />
        <DetailsFields values={values} state={state} say={say} picker={picker} />
        <ButtonRow>
          <Button>{t(other ? 'catalogue.authorSaveMine' : 'common.save')}</Button>
          <Button variant="secondary" href={courseHref(code, '/edit')}>
            {t('common.cancel')}
          </Button>
        </ButtonRow>
      </Form>
    </>,
  );
}

function labels({ t }: Say): Record<string, string> {
  const [hi, en] = [t('catalogue.authorHindi'), t('catalogue.authorEnglish')];
  return {
    titleHi: `${t('catalogue.authorTitle')} (${hi})`,
    titleEn: `${t('catalogue.authorTitle')} (${en})`,
    summaryHi: `${t('catalogue.authorSummary')} (${hi})`,
    summaryEn: `${t('catalogue.authorSummary')} (${en})`,
    audienceHi: `${t('catalogue.authorAudience')} (${hi})`,
    audienceEn: `${t('catalogue.authorAudience')} (${en})`,
    provider: t('catalogue.authorProvider'),
    tags: t('catalogue.authorOtherTags'),
    competencies: t('catalogue.authorCompetencies'),
    language: t('catalogue.authorMainLanguage'),
  };
}

export function valuesOfDetails(details: CourseDetails): Record<string, string> {
  const others = details.tags.filter((tag) => tag !== 'ai' && tag !== 'cyber');
  return {
    titleHi: details.titleHi ?? '',
    titleEn: details.titleEn ?? '',
    summaryHi: details.summaryHi ?? '',
    summaryEn: details.summaryEn ?? '',
    audienceHi: details.audienceHi ?? '',
    audienceEn: details.audienceEn ?? '',
    provider: details.provider ?? '',
    language: details.language,
    tags: others.join('; '),
    ...(details.tags.includes('ai') ? { tagAi: 'yes' } : {}),
    ...(details.tags.includes('cyber') ? { tagCyber: 'yes' } : {}),
  };
}

type FieldsProps = { values: Record<string, string>; state: FormState; say: Say; picker: ComponentChildren };

function DetailsFields({ values, state, say, picker }: FieldsProps) {
  const { t } = say;
  const field = (name: string) => ({ name, value: values[name], error: errorFor(state.errors, name) });
  return (
    <>
      <Grid>
        <LanguageFields language="hi" field={field} say={say} />
        <LanguageFields language="en" field={field} say={say} />
      </Grid>
      <Card title={t('catalogue.authorClassing')}>
        <RadioGroup
          {...field('language')}
          label={t('catalogue.authorMainLanguage')}
          hint={t('catalogue.authorMainLanguageHint')}
          isInline
          options={[
            { value: 'hi', label: t('catalogue.authorHindi') },
            { value: 'en', label: t('catalogue.authorEnglish') },
          ]}
        />
        <Checkbox name="tagAi" label={t('catalogue.authorTagAi')} isChecked={Boolean(values['tagAi'])} />
        <Checkbox
          name="tagCyber"
          label={t('catalogue.authorTagCyber')}
          isChecked={Boolean(values['tagCyber'])}
        />
        <TextField
          {...field('tags')}
          label={t('catalogue.authorOtherTags')}
          hint={t('catalogue.authorListHint')}
          isOptional
        />
        <TextField
          {...field('provider')}
          label={t('catalogue.authorProvider')}
          hint={t('catalogue.authorProviderHint')}
          isOptional
        />
      </Card>
      <Card title={t('catalogue.authorCompetencies')} lead={t('catalogue.authorCompetenciesLead')}>
        {picker}
      </Card>
    </>
  );
}

/** The choice of competencies, as typed where the form comes back. */
function pickerFor(request: FastifyRequest, state: FormState, saved: string[]) {
  const isBack = state.errors.length > 0;
  return competencyDictionary().picker(request.ctx, {
    chosen: isBack ? chosenCompetencies(state.values) : saved,
    typed: isBack ? (state.values['competencies'] ?? '') : '',
    error: errorFor(state.errors, 'competencies'),
  });
}

type LanguageFieldsProps = {
  language: 'hi' | 'en';
  field(name: string): { name: string; value?: string; error?: string };
  say: Say;
};

function LanguageFields({ language, field, say: { t } }: LanguageFieldsProps) {
  const end = language === 'hi' ? 'Hi' : 'En';
  return (
    <Card title={t(language === 'hi' ? 'catalogue.authorInHindi' : 'catalogue.authorInEnglish')}>
      <TextField
        {...field(`title${end}`)}
        label={t('catalogue.authorTitle')}
        lang={language}
        maxLength={400}
      />
      <TextArea
        {...field(`summary${end}`)}
        label={t('catalogue.authorSummary')}
        hint={t('catalogue.authorSummaryHint')}
        lang={language}
        rows={4}
        isOptional
      />
      <TextField
        {...field(`audience${end}`)}
        label={t('catalogue.authorAudience')}
        hint={t(language === 'hi' ? 'catalogue.authorAudienceHint' : 'catalogue.authorAudienceHintEn')}
        lang={language}
        isOptional
      />
    </Card>
  );
}
