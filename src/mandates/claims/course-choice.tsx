import { type FoundCourse, searchCourses } from '../../catalogue/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { pick } from '../../kernel/i18n.ts';
import { Card, CheckboxGroup, FilterBar, TextField, useFrame } from '../../shell/index.ts';
import { tagWord } from '../pages/sentence.ts';
import { namesOfCourses } from '../stores/order-pages.ts';
import { topicsToChoose } from './store.ts';

/** What a claim is to be tied to: a course that is known here, searched by its name; else topics. */
export type CourseChoice = {
  find: string;
  found: FoundCourse[] | undefined;
  chosen: { code: string; nameHi: string | null; nameEn: string | null } | undefined;
  topics: string[];
};

type Asked = { find?: string | undefined; code?: string | null | undefined };

export async function courseChoice(ctx: Ctx, { find = '', code }: Asked): Promise<CourseChoice> {
  const [found, named, topics] = await Promise.all([
    find.trim() === '' ? undefined : searchCourses(ctx, { q: find, limit: 8 }),
    code ? namesOfCourses(ctx.db.read, [code]) : [],
    topicsToChoose(ctx.db.read),
  ]);
  return { find, found: found?.rows, chosen: named[0], topics };
}

/** A search without script, apart from the form: it comes before it, as what is typed there would be lost. */
export function CourseSearchCard({ choice, page }: { choice: CourseChoice; page: string }) {
  const { t, language } = useFrame();
  const { find, found, chosen } = choice;
  return (
    <Card title={t('service.courseHere')}>
      <p class="soft">{t('service.courseHereLead')}</p>
      {chosen ? (
        <p>
          <strong>{pick({ hi: chosen.nameHi, en: chosen.nameEn }, language)}</strong>{' '}
          <a href={`${page}?course=`}>{t('service.courseNotThis')}</a>
        </p>
      ) : null}
      <FilterBar action={page} submitLabel={t('service.findCourse')}>
        <TextField name="find" label={t('service.courseName')} value={find} maxLength={200} isOptional />
      </FilterBar>
      {found?.length === 0 ? <p>{t('service.courseNotFound')}</p> : null}
      {found && found.length > 0 ? (
        <ul>
          {found.map((course) => (
            <li key={course.code}>
              <a href={`${page}?course=${encodeURIComponent(course.code)}`}>
                {pick({ hi: course.titleHi, en: course.titleEn }, language)}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}

type FieldsProps = { choice: CourseChoice; values: string[]; hint: string; error: string | undefined };

/** The course that was chosen, or boxes for topics: a course that is known here has its own. */
export function CourseFields({ choice, values, hint, error }: FieldsProps) {
  const { t, language } = useFrame();
  const { chosen, topics } = choice;
  const title = chosen && pick({ hi: chosen.nameHi, en: chosen.nameEn }, language);
  return (
    <div class="field">
      <input type="hidden" name="courseCode" value={chosen?.code ?? ''} />
      {chosen ? (
        <p>{t('service.countsAsCourse', { title: title ?? chosen.code })}</p>
      ) : topics.length > 0 ? (
        <CheckboxGroup
          name="topics"
          label={t('service.topics')}
          hint={hint}
          options={topics.map((tag) => ({ value: tag, label: tagWord(tag, { t, language }) }))}
          values={values}
          error={error}
          isInline
          isOptional
        />
      ) : null}
    </div>
  );
}
