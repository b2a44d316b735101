import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  Checkbox,
  ConfirmPanel,
  ErrorSummary,
  errorFor,
  Form,
  HiddenFields,
  PageHeading,
  RadioGroup,
  TextArea,
} from '../../../shell/index.ts';
import { sendPage } from '../../../shell/site/index.ts';
import type { CourseDesk } from '../course-desk.ts';
import { frameOf } from './publication-page.tsx';
import { type Other, StaleNotice } from './stale-notice.tsx';
import { stampFor } from './stale-other.ts';
import { courseHref, type Say, sayOf, titleOf } from './words.ts';

type View = { desk: CourseDesk; state: FormState; other?: Other };

/** Which lessons complete the course. */
export function sendCompletion(request: FastifyRequest, reply: FastifyReply, { desk, state, other }: View) {
  const say = sayOf(request);
  const { t } = say;
  const named = desk.version.completionRule.lessons;
  const isTyped = state.errors.length > 0;
  const rule = isTyped ? state.values['rule'] : named === 'all' ? 'all' : 'chosen';
  const isChosen = (code: string) =>
    isTyped ? Boolean(state.values[`need:${code}`]) : named !== 'all' && named.includes(code);
  return sendPage(
    request,
    reply,
    { ...frameOf(desk, say), title: t('catalogue.authorCompletion'), hasErrors: isTyped, width: 'reading' },
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={t('catalogue.authorCompletion')} lead={t('catalogue.authorCompletionLead')} />
      {other ? <StaleNotice other={other} say={say} typed={{}} saved={{}} labels={{}} /> : null}
      <Form action={courseHref(desk.course.code, '/completion')}>
        <HiddenFields values={{ revision: stampFor(state, other, desk.version.revision) }} />
        <Card>
          <RadioGroup
            name="rule"
            label={t('catalogue.authorCompletionRule')}
            value={rule}
            error={errorFor(state.errors, 'rule')}
            options={[
              { value: 'all', label: t('catalogue.authorAllLessons') },
              { value: 'chosen', label: t('catalogue.authorChosenLessons') },
            ]}
          />
          <fieldset class="field">
            <legend>{t('catalogue.authorChosenLessons')}</legend>
            {desk.lessons.map((lesson) => (
              <Checkbox
                key={lesson.code}
                name={`need:${lesson.code}`}
                label={titleOf(lesson, say.language)}
                isChecked={isChosen(lesson.code)}
              />
            ))}
          </fieldset>
        </Card>
        <SaveRow desk={desk} say={say} />
      </Form>
    </>,
  );
}

/** What the course is made from, a line each. */
export function sendSources(request: FastifyRequest, reply: FastifyReply, { desk, state, other }: View) {
  const say = sayOf(request);
  const { t } = say;
  const saved = { sources: linesOf(desk) };
  const value = state.errors.length > 0 ? state.values['sources'] : saved.sources;
  return sendPage(
    request,
    reply,
    {
      ...frameOf(desk, say),
      title: t('catalogue.authorSources'),
      hasErrors: state.errors.length > 0,
      width: 'reading',
    },
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={t('catalogue.authorSources')} lead={t('catalogue.authorSourcesLead')} />
      {other ? (
        <StaleNotice
          other={other}
          say={say}
          typed={state.values}
          saved={saved}
          labels={{ sources: t('catalogue.authorSources') }}
        />
      ) : null}
      <Form action={courseHref(desk.course.code, '/sources')}>
        <HiddenFields values={{ revision: stampFor(state, other, desk.version.revision) }} />
        <TextArea
          name="sources"
          label={t('catalogue.authorSources')}
          hint={t('catalogue.authorSourcesHint')}
          value={value}
          error={errorFor(state.errors, 'sources')}
          rows={10}
          isOptional
        />
        <SaveRow desk={desk} say={say} />
      </Form>
    </>,
  );
}

function linesOf(desk: CourseDesk): string {
  return desk.version.sources.map(({ title, url }) => (url ? `${title} | ${url}` : title)).join('\n');
}

function SaveRow({ desk, say: { t } }: { desk: CourseDesk; say: Say }) {
  return (
    <ButtonRow>
      <Button>{t('common.save')}</Button>
      <Button variant="secondary" href={courseHref(desk.course.code, '/edit')}>
        {t('common.cancel')}
      </Button>
    </ButtonRow>
  );
}

type Removal = {
  desk: CourseDesk;
  revision: number;
  title: string;
  name: string;
  consequences: string[];
  action: string;
  cancelHref: string;
  /** It can be brought back. */
  isReversible?: boolean;
};

/** Asks before a lesson or a question is taken out of the draft. */
export function sendRemoval(request: FastifyRequest, reply: FastifyReply, view: Removal) {
  const say = sayOf(request);
  return sendPage(
    request,
    reply,
    { ...frameOf(view.desk, say), title: view.title, width: 'reading' },
    <>
      <PageHeading title={view.title} />
      <ConfirmPanel
        title={view.name}
        consequences={view.consequences}
        action={view.action}
        confirmLabel={view.title}
        cancelHref={view.cancelHref}
        isReversible={view.isReversible}
      >
        <HiddenFields values={{ revision: view.revision }} />
      </ConfirmPanel>
    </>,
  );
}
