import type { CourseRow } from '../../catalogue/index.ts';
import type { MessageKey } from '../../kernel/i18n.ts';
import { languageChoice, languageName } from '../../kernel/languages.ts';
import { Button, Form, HiddenFields, SelectField } from '../../shell/index.ts';
import { courseHref, type Say } from './words.ts';

type Props = {
  course: CourseRow;
  now: string;
  /** Where one comes back to. */
  lesson?: string;
  say: Say;
  label: MessageKey;
};

/** Another language of the course: a button where there is one more, a list where there are several. */
export function LanguageSwitch({ course, now, lesson, say, label }: Props) {
  const { t } = say;
  const others = course.languages.filter((code) => code !== now);
  const [only, another] = others;
  if (!only) return null;
  return (
    <Form action={`${courseHref(course.code)}/enrolment/language`}>
      <HiddenFields values={{ ...(lesson ? { lesson } : {}), ...(another ? {} : { language: only }) }} />
      {another ? (
        <SelectField
          name="language"
          label={t('learning.otherLanguage')}
          options={others.map((code) => ({ value: code, label: languageChoice(code, t) }))}
        />
      ) : null}
      <Button variant={lesson ? 'quiet' : 'secondary'} icon="language">
        {another ? t('learning.switchLanguage') : t(label, { language: languageName(only, t) })}
      </Button>
    </Form>
  );
}
