import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  ErrorSummary,
  errorFor,
  Form,
  PageHeading,
  TextField,
} from '../../../shell/index.ts';
import { sendPage } from '../../../shell/site/index.ts';
import type { CourseDesk } from '../../authoring/course-desk.ts';
import { courseHref, listHref, sayOf, titleOf } from '../../authoring/pages/words.ts';

type View = { desk: CourseDesk; state: FormState; freeCode: string };

/** Asks for the code and the titles of a copy; both are proposed. */
export function sendCopy(request: FastifyRequest, reply: FastifyReply, { desk, state, freeCode }: View) {
  const say = sayOf(request);
  const { t } = say;
  const { details, course } = desk;
  const title = titleOf(details, say.language);
  const hasErrors = state.errors.length > 0;
  const proposed = {
    code: freeCode,
    titleHi: details.titleHi ? `${details.titleHi} (प्रति)` : '',
    titleEn: details.titleEn ? `${details.titleEn} (copy)` : '',
  };
  const values = hasErrors ? { ...state.values } : proposed;
  const field = (name: 'code' | 'titleHi' | 'titleEn', label: string) => ({
    ...{ name, label, value: values[name], maxLength: name === 'code' ? 64 : 400 },
    error: errorFor(state.errors, name),
  });
  return sendPage(
    request,
    reply,
    {
      title: t('workflow.copyTitle'),
      area: 'office',
      activeLink: 'courses',
      width: 'reading',
      hasErrors,
      breadcrumbs: [
        { label: t('catalogue.authorCourses'), href: listHref },
        { label: title, href: courseHref(course.code, '/edit') },
        { label: t('workflow.copyTitle') },
      ],
    },
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={t('workflow.copyTitle')} lead={t('workflow.copyLead', { title })} />
      <Form action={courseHref(course.code, '/copy')}>
        <Card>
          <TextField {...field('code', t('workflow.copyCode'))} width="medium" isRequired />
          <TextField {...field('titleHi', t('workflow.copyTitleHi'))} lang="hi" isOptional />
          <TextField {...field('titleEn', t('workflow.copyTitleEn'))} lang="en" isOptional />
        </Card>
        <ButtonRow>
          <Button>{t('workflow.copyMake')}</Button>
          <Button variant="secondary" href={courseHref(course.code, '/edit')}>
            {t('common.cancel')}
          </Button>
        </ButtonRow>
      </Form>
    </>,
  );
}
