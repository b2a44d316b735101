import { Card, DataTable, Notice, RadioGroup, Stat, StatStrip, Tag } from '../../../shell/index.ts';
import type { RedoPreview, RedoProgress } from '../../redo.ts';
import type { LessonChange } from '../../version-difference.ts';
import type { CourseDesk } from '../course-desk.ts';
import { kindLabel, type Say, titleOf } from './words.ts';

/** Lesson by lesson, what the draft adds, changes and leaves out. */
export function Difference({ changes, desk, say }: { changes: LessonChange[]; desk: CourseDesk; say: Say }) {
  const { t, language } = say;
  if (changes.length === 0) return null;
  const count = (change: LessonChange['change']) => changes.filter((one) => one.change === change).length;
  return (
    <Card
      title={t('workflow.difference', { version: desk.currentNumber ?? 1 })}
      lead={t('workflow.differenceLead', {
        added: count('added'),
        changed: count('changed'),
        removed: count('removed'),
        same: count('same'),
      })}
    >
      <DataTable
        caption={t('workflow.difference', { version: desk.currentNumber ?? 1 })}
        isCaptionHidden
        isCountHidden
        rows={changes}
        rowKey={(row) => `${row.change}:${row.lesson.code}`}
        columns={[
          {
            key: 'lesson',
            label: t('catalogue.authorLesson'),
            isRowHeading: true,
            value: (row) => titleOf(row.lesson, language),
          },
          { key: 'kind', label: t('catalogue.authorKind'), value: (row) => kindLabel(row.lesson.kind, say) },
          {
            key: 'change',
            label: t('workflow.change'),
            value: (row) => <Tag tone={tones[row.change]}>{t(`workflow.change_${row.change}`)}</Tag>,
          },
        ]}
      />
    </Card>
  );
}

const tones = { added: 'done', changed: 'due', removed: 'overdue', same: 'neutral' } as const;

/** Whom the new version would concern, before anybody decides who must redo. */
export function Concerned({ preview, say }: { preview: RedoPreview | undefined; say: Say }) {
  const { t, language } = say;
  if (!preview) return null;
  return (
    <Card title={t('workflow.concerned')} lead={t('workflow.concernedLead')}>
      <StatStrip>
        <Stat label={t('workflow.enrolled')} value={preview.enrolled} />
        <Stat label={t('workflow.unfinished')} value={preview.unfinished} />
        <Stat label={t('workflow.completed')} value={preview.completed} />
      </StatStrip>
      {preview.offices.length > 0 ? (
        <DataTable
          caption={t('workflow.byOffice')}
          isCountHidden
          rows={preview.offices}
          rowKey={(row) => row.code}
          columns={[
            {
              key: 'office',
              label: t('workflow.ruleOffice'),
              isRowHeading: true,
              value: (row) => (language === 'en' ? row.nameEn : row.nameHi) ?? row.nameHi,
            },
            { key: 'enrolled', label: t('workflow.enrolled'), kind: 'number', value: (row) => row.enrolled },
            {
              key: 'unfinished',
              label: t('workflow.unfinished'),
              kind: 'number',
              value: (row) => row.unfinished,
            },
            {
              key: 'completed',
              label: t('workflow.completed'),
              kind: 'number',
              value: (row) => row.completed,
            },
          ]}
        />
      ) : null}
    </Card>
  );
}

export function RedoChoice({ preview, say: { t } }: { preview: RedoPreview; say: Say }) {
  return (
    <RadioGroup
      name="redo"
      label={t('workflow.redo')}
      value="nobody"
      options={[
        {
          value: 'nobody',
          label: t('workflow.redo_nobody'),
          hint: t('workflow.redoHint_nobody', { n: preview.unfinished }),
        },
        {
          value: 'unfinished',
          label: t('workflow.redo_unfinished', { n: preview.unfinished }),
          hint: t('workflow.redoHint_unfinished'),
        },
        {
          value: 'everybody',
          label: t('workflow.redo_everybody', { n: preview.enrolled }),
          hint: t('workflow.redoHint_everybody', { n: preview.completed }),
        },
      ]}
    />
  );
}

export function FollowProgress({ progress, say }: { progress: RedoProgress | undefined; say: Say }) {
  const { t } = say;
  if (!progress) return null;
  const { version, done, total } = progress;
  return (
    <Notice
      tone={progress.isFinished ? 'done' : 'info'}
      title={t(progress.isFinished ? 'workflow.followed' : 'workflow.following', { version })}
    >
      <p>{t('workflow.followCount', { done, total })}</p>
    </Notice>
  );
}
