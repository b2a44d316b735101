import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  ErrorSummary,
  Form,
  Grid,
  Notice,
  PageHeading,
  SummaryList,
  Tag,
} from '../../../shell/index.ts';
import { sendPage } from '../../../shell/site/index.ts';
import { PackageCard } from '../../package/pages/package-card.tsx';
import type { CourseDesk } from '../course-desk.ts';
import { Outline } from './outline.tsx';
import { MissingList } from './publication-page.tsx';
import { courseHref, languageLabel, listHref, type Say, sayOf, stateLook, titleOf } from './words.ts';
import { WritingAids } from './writing-aids.tsx';

/** A course on its author's desk: the outline, what it says of itself, and what keeps it from publication. */
export function sendDesk(
  request: FastifyRequest,
  reply: FastifyReply,
  { desk, state }: { desk: CourseDesk; state: FormState },
) {
  const say = sayOf(request);
  const title = titleOf(desk.details, say.language);
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'courses',
      hasErrors: state.errors.length > 0,
      breadcrumbs: [{ label: say.t('catalogue.authorCourses'), href: listHref }, { label: title }],
    },
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={title} lead={leadOf(desk, say)} actions={<Actions desk={desk} say={say} />} />
      <ReturnedNotice desk={desk} say={say} />
      <DraftNotice desk={desk} say={say} />
      {desk.hasDraft && desk.mayEdit ? <WritingAids ctx={request.ctx} /> : null}
      <Outline desk={desk} state={state} say={say} />
      <PublicationCard desk={desk} say={say} />
      <Grid>
        <DetailsCard desk={desk} say={say} />
        <RulesCard desk={desk} say={say} />
      </Grid>
      <AroundCard desk={desk} say={say} />
      <PackageCard desk={desk} say={say} />
    </>,
  );
}

function leadOf({ course, version, lessons, hasDraft }: CourseDesk, say: Say) {
  const look = stateLook(course.state, say);
  return (
    <>
      <Tag tone={look.tone}>{look.label}</Tag>{' '}
      {hasDraft && course.state !== 'draft' ? (
        <Tag tone="draft">{say.t('catalogue.authorDraftOf', { version: version.number })}</Tag>
      ) : null}{' '}
      {say.t('catalogue.authorDeskLead', {
        code: course.code,
        version: version.number,
        lessons: lessons.length,
        minutes: version.durationMinutes,
      })}
    </>
  );
}

function Actions({ desk, say: { t } }: { desk: CourseDesk; say: Say }) {
  const code = desk.course.code;
  return (
    <ButtonRow>
      <Button variant="secondary" href={courseHref(code, '/preview')} icon="play">
        {t('catalogue.authorPreview')}
      </Button>
      {desk.hasDraft ? (
        <Button href={courseHref(code, '/publication')}>{t('catalogue.authorToPublication')}</Button>
      ) : null}
    </ButtonRow>
  );
}

function ReturnedNotice({ desk, say: { t } }: { desk: CourseDesk; say: Say }) {
  if (!desk.returned) return null;
  return (
    <Notice
      tone="needs-you"
      title={t('workflow.returnedTitle', { version: desk.version.number })}
      actions={
        <Button variant="secondary" href={courseHref(desk.course.code, '/review')}>
          {t('workflow.toReview')}
        </Button>
      }
    >
      <p>{desk.returned.reason}</p>
    </Notice>
  );
}

function DraftNotice({ desk, say: { t } }: { desk: CourseDesk; say: Say }) {
  const code = desk.course.code;
  if (desk.isInReview)
    return (
      <Notice
        tone={desk.mayReview ? 'needs-you' : 'info'}
        title={t('workflow.inReviewTitle')}
        actions={
          <Button variant="secondary" href={courseHref(code, '/review')}>
            {t('workflow.toReview')}
          </Button>
        }
      >
        <p>{t('workflow.inReviewText')}</p>
      </Notice>
    );
  if (desk.hasDraft && desk.course.state === 'draft') return null;
  if (desk.hasDraft)
    return (
      <Notice
        title={t('catalogue.authorWaitingTitle', { version: desk.version.number })}
        actions={
          desk.mayEdit ? (
            <Button variant="quiet" href={courseHref(code, '/draft/removal')}>
              {t('catalogue.authorDiscard')}
            </Button>
          ) : null
        }
      >
        <p>{t('catalogue.authorWaitingText', { version: desk.currentNumber ?? 1 })}</p>
      </Notice>
    );
  return (
    <Notice title={t('catalogue.authorNoDraftTitle')}>
      <p>{t('catalogue.authorNoDraftText')}</p>
      {desk.mayEdit ? (
        <Form action={courseHref(code, '/draft')}>
          <Button>{t('catalogue.authorOpenDraft')}</Button>
        </Form>
      ) : null}
    </Notice>
  );
}

function PublicationCard({ desk, say }: { desk: CourseDesk; say: Say }) {
  const { t } = say;
  const isReady = desk.missing.length === 0;
  return (
    <Card title={t('catalogue.authorPublication')} tone={desk.hasDraft && !isReady ? 'needs-you' : 'plain'}>
      {desk.hasDraft ? (
        isReady ? (
          <p>{t('catalogue.authorReady')}</p>
        ) : (
          <MissingList desk={desk} say={say} />
        )
      ) : (
        <p>{t('catalogue.authorIsPublished', { version: desk.version.number })}</p>
      )}
      <ButtonRow>
        {desk.mayWrite || desk.mayReview ? (
          <Button variant="secondary" href={courseHref(desk.course.code, '/translation')}>
            {t('workflow.translation')}
          </Button>
        ) : null}
        <Button variant="secondary" href={courseHref(desk.course.code, '/review')}>
          {t('workflow.review')}
        </Button>
        <Button variant="secondary" href={courseHref(desk.course.code, '/publication')}>
          {t('catalogue.authorHistory')}
        </Button>
      </ButtonRow>
    </Card>
  );
}

function DetailsCard({ desk, say }: { desk: CourseDesk; say: Say }) {
  const { t } = say;
  const { details, course } = desk;
  const change = desk.hasDraft && desk.mayEdit ? courseHref(course.code, '/details') : undefined;
  const both = (hi: string | null, en: string | null) => [hi, en].filter(Boolean).join(' / ');
  // Left out where nothing is said: "for whom: none" would read as "for nobody".
  const audience = both(details.audienceHi, details.audienceEn);
  return (
    <Card
      title={t('catalogue.authorDetails')}
      aside={change ? <a href={change}>{t('common.edit')}</a> : undefined}
    >
      <SummaryList
        rows={[
          { label: t('catalogue.authorTitle'), value: both(details.titleHi, details.titleEn) },
          { label: t('catalogue.authorMainLanguage'), value: languageLabel(details.language, say) },
          ...(audience ? [{ label: t('catalogue.authorAudience'), value: audience }] : []),
          { label: t('catalogue.authorTags'), value: details.tags.join(', ') || t('common.none') },
          { label: t('catalogue.authorProvider'), value: details.provider ?? t('common.none') },
        ]}
      />
    </Card>
  );
}

/** Ratings, what comes first, competencies, collections, assignments: each with the way to it. */
function AroundCard({ desk, say: { t } }: { desk: CourseDesk; say: Say }) {
  if (desk.around.length === 0) return null;
  return (
    <Card title={t('catalogue.authorAround')} id="around">
      <SummaryList
        rows={desk.around.map(({ label, value, href, hrefLabel }) => ({
          label,
          value,
          changeHref: href,
          changeLabel: hrefLabel ?? t('catalogue.authorAroundOpen'),
        }))}
      />
    </Card>
  );
}

function RulesCard({ desk, say: { t } }: { desk: CourseDesk; say: Say }) {
  const named = desk.version.completionRule.lessons;
  const canChange = desk.hasDraft && desk.mayEdit;
  const code = desk.course.code;
  return (
    <Card title={t('catalogue.authorRules')}>
      <SummaryList
        rows={[
          {
            label: t('catalogue.authorCompletion'),
            value:
              named === 'all'
                ? t('catalogue.authorAllLessons')
                : t('catalogue.authorSomeLessons', { n: named.length }),
            changeHref: canChange ? courseHref(code, '/completion') : undefined,
          },
          {
            label: t('catalogue.authorSources'),
            value: desk.version.sources.length,
            changeHref: canChange ? courseHref(code, '/sources') : undefined,
          },
        ]}
      />
    </Card>
  );
}
