import { ChosenCourses, type FoundCourse, OfferedCourses } from '../../catalogue/index.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import { ErrorSummary, errorFor, PageHeading } from '../../shell/index.ts';
import type { Say } from '../pages/words.ts';
import type { StandingPrerequisite } from './save-prerequisites.ts';

type Props = {
  title: string;
  code: string;
  rows: StandingPrerequisite[];
  q: string;
  found: FoundCourse[] | undefined;
  state: FormState;
  say: Say;
};

/** An author's page: what comes before the course, and a search for more. */
export function PrerequisitesPage({ title, code, rows, q, found, state, say }: Props) {
  const { t } = say;
  const here = `/office/courses/${encodeURIComponent(code)}/prerequisites`;
  const courses = rows.map((row) => ({ ...row, note: t(kindKey(row.isMust)) }));
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={t('learning.firstEdit')} lead={title} />
      <ChosenCourses
        title={t('learning.firstChosen')}
        lead={t('learning.firstEditLead')}
        empty={t('learning.firstNone')}
        courses={courses}
        action={here}
        q={q}
        steps={(_, index) => stepsOf(rows, rows[index]?.isMust ?? false, { index, say })}
        say={say}
      />
      <OfferedCourses
        here={here}
        action={here}
        q={q}
        found={found}
        taken={new Set([code, ...rows.map((row) => row.code)])}
        adding={[
          { value: 'must', label: t('learning.firstAddMust') },
          { value: 'hint', label: t('learning.firstAddHint') },
        ]}
        error={errorFor(state.errors, 'course')}
        say={say}
      />
    </>
  );
}

const kindKey = (isMust: boolean) => (isMust ? 'learning.firstIsMust' : 'learning.firstIsHint');

function stepsOf(rows: StandingPrerequisite[], isMust: boolean, { index, say }: { index: number; say: Say }) {
  const { t } = say;
  return [
    isMust
      ? { value: 'hint', label: t('learning.firstMakeHint') }
      : { value: 'must', label: t('learning.firstMakeMust') },
    ...(index > 0 ? [{ value: 'up', label: t('catalogue.authorUp') }] : []),
    ...(index < rows.length - 1 ? [{ value: 'down', label: t('catalogue.authorDown') }] : []),
    { value: 'remove', label: t('catalogue.listRemove') },
  ];
}
