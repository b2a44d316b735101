import { pick } from '../../kernel/i18n.ts';
import {
  Button,
  Card,
  CourseCard,
  CourseList,
  DataTable,
  EmptyState,
  FilterBar,
  PageHeading,
  Prose,
  SummaryList,
  Tag,
  TextField,
} from '../../shell/index.ts';
import { type Level, levels } from '../dictionary/tags.ts';
import type { CompetencyBranch } from '../dictionary/tree.ts';
import type { Competency, Framework, TaggedCourse } from '../stores/dictionary.ts';
import { deskHref, dictionaryHref, kindName, levelText, nameOf, type Say } from './words.ts';

type Row = CompetencyBranch['competencies'][number];
type ListProps = {
  tree: CompetencyBranch[];
  frameworks: Framework[];
  q: string;
  say: Say;
  /** Where an entry leads: the public page, or the editor's. */
  base: typeof dictionaryHref | typeof deskHref;
  mayKeep: boolean;
};

/** The dictionary by kind; the editor's list is the same with what is retired. */
export function DictionaryPage({ tree, frameworks, q, say, base, mayKeep }: ListProps) {
  const { t, language } = say;
  const isDesk = base === deskHref;
  const note = pick({ hi: frameworks[0]?.noteHi, en: frameworks[0]?.noteEn }, language);
  const shown = tree.filter((branch) => branch.competencies.length > 0);
  return (
    <>
      <PageHeading
        title={t('competencies.title')}
        lead={t(isDesk ? 'competencies.deskLead' : 'competencies.lead')}
        actions={actionOf(say, isDesk, mayKeep)}
      />
      <FilterBar action={base}>
        <TextField name="q" label={t('competencies.search')} type="search" value={q} />
      </FilterBar>
      {shown.length === 0 ? (
        <EmptyState icon="search" title={t('competencies.noneFound')}>
          {t('competencies.noneFoundText')}
        </EmptyState>
      ) : null}
      {shown.map((branch) => (
        <Card
          key={branch.kind}
          title={kindName(branch.kind, say)}
          lead={t(`competencies.about_${branch.kind}`)}
        >
          {isDesk ? (
            <CompetencyTable
              rows={branch.competencies}
              caption={kindName(branch.kind, say)}
              base={mayKeep ? deskHref : dictionaryHref}
              say={say}
            />
          ) : (
            <CompetencyList rows={branch.competencies} say={say} />
          )}
        </Card>
      ))}
      {note ? <p class="soft">{note}</p> : null}
    </>
  );
}

function actionOf({ t }: Say, isDesk: boolean, mayKeep: boolean) {
  if (!mayKeep) return null;
  return isDesk ? (
    <>
      <Button href={`${deskHref}/new`}>{t('competencies.add')}</Button>
      <Button href={`${deskHref}/levels`} variant="secondary">
        {t('competencies.levelNamesTitle')}
      </Button>
    </>
  ) : (
    <Button href={deskHref} variant="secondary">
      {t('competencies.toDesk')}
    </Button>
  );
}

function CompetencyList({ rows, say: { t, language } }: { rows: Row[]; say: Say }) {
  return (
    <Prose>
      <ul>
        {rows.map((row) => (
          <li key={row.key}>
            <a href={`${dictionaryHref}/${row.key}`}>{nameOf(row, language)}</a>
            {row.courses > 0 ? (
              <span class="soft"> · {t('competencies.courseCount', { count: row.courses })}</span>
            ) : null}
          </li>
        ))}
      </ul>
    </Prose>
  );
}

type TableProps = { rows: Row[]; caption: string; base: string; say: Say };

/** The editor's list: both names, and how much of the levels is written. */
function CompetencyTable({ rows, caption, base, say }: TableProps) {
  const { t, language } = say;
  const other = language === 'hi' ? 'en' : 'hi';
  return (
    <DataTable<Row>
      caption={caption}
      isCaptionHidden
      isCountHidden
      rows={rows}
      rowKey={(row) => row.key}
      columns={[
        {
          key: 'name',
          label: t('competencies.name'),
          kind: 'link',
          isRowHeading: true,
          value: (row) => nameOf(row, language),
          href: (row) => `${base}/${row.key}`,
        },
        { key: 'other', label: t('competencies.otherName'), value: (row) => nameOf(row, other) },
        {
          key: 'written',
          label: t('competencies.descriptorsWritten'),
          value: (row) => <Written row={row} say={say} />,
        },
      ]}
    />
  );
}

function Written({ row, say: { t } }: { row: Row; say: Say }) {
  if (row.retiredAt) return <Tag>{t('competencies.retired')}</Tag>;
  const written = row.descriptors.filter(({ hi, en }) => hi || en).length;
  return <>{t('competencies.writtenOf', { written })}</>;
}

type OneProps = {
  competency: Competency;
  courses: (TaggedCourse & { level: Level | null })[];
  say: Say;
  mayKeep: boolean;
};

/** One competency as everybody reads it: what it holds, what each level means, which courses bring one there. */
export function CompetencyPage({ competency, courses, say, mayKeep }: OneProps) {
  const { t, language } = say;
  const other = nameOf(competency, language === 'hi' ? 'en' : 'hi');
  return (
    <>
      <PageHeading
        title={nameOf(competency, language)}
        lead={`${other} · ${kindName(competency.kind, say)}`}
        actions={
          mayKeep ? (
            <Button href={`${deskHref}/${competency.key}`} variant="secondary">
              {t('competencies.edit')}
            </Button>
          ) : null
        }
      />
      {competency.retiredAt ? <p>{t('competencies.retiredText')}</p> : null}
      {competency.subThemes.length > 0 ? (
        <Card title={t('competencies.subThemes')}>
          <Prose>
            <ul>
              {competency.subThemes.map((theme) => (
                <li key={theme.en}>{pick(theme, language)}</li>
              ))}
            </ul>
          </Prose>
        </Card>
      ) : null}
      <Card title={t('competencies.coursesTitle')}>
        <CourseLinks courses={courses} say={say} />
      </Card>
      <Card title={t('competencies.levelsTitle')}>
        <LevelList competency={competency} say={say} />
      </Card>
    </>
  );
}

function CourseLinks({ courses, say }: Pick<OneProps, 'courses' | 'say'>) {
  const { t, language } = say;
  if (courses.length === 0) return <p class="soft">{t('competencies.noCourses')}</p>;
  return (
    <CourseList>
      {courses.map((course) => (
        <CourseCard
          key={course.code}
          title={pick({ hi: course.titleHi, en: course.titleEn }, language)}
          href={`/courses/${encodeURIComponent(course.code)}`}
          detail={levelText(course.level, say)}
        />
      ))}
    </CourseList>
  );
}

function LevelList({ competency, say }: Pick<OneProps, 'competency' | 'say'>) {
  const { t, language } = say;
  const isEmpty = competency.descriptors.every(({ hi, en }) => !hi && !en);
  if (isEmpty)
    return (
      <>
        <p class="soft">{t('competencies.descriptorsNone')}</p>
        <p>{levels.map((level) => levelText(level, say)).join(', ')}</p>
      </>
    );
  return (
    <SummaryList
      rows={levels.map((level) => ({
        label: levelText(level, say),
        value: pick(competency.descriptors[level - 1] ?? {}, language) || t('competencies.descriptorMissing'),
      }))}
    />
  );
}
