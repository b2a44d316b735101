import type { ComponentChildren } from 'preact';
import type { Ctx } from '../../kernel/context.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { Card, DataTable, Tag } from '../../shell/index.ts';
import { completionsOfPerson, type PersonCompletion } from '../completions-of-person.ts';

/** A person's completed courses, on the office's page of the person and on one's own profile. */
export async function completionsCard(ctx: Ctx, personId: string): Promise<ComponentChildren> {
  const t = translator(ctx.language);
  const rows = await completionsOfPerson(ctx, personId);
  return (
    <Card title={t('people.completions')}>
      <DataTable<PersonCompletion>
        caption={t('people.completions')}
        isCaptionHidden
        rows={rows}
        rowKey={(row) => row.completionId}
        empty={<p class="soft">{t('people.noCompletions')}</p>}
        columns={[
          {
            key: 'course',
            label: t('people.courseColumn'),
            isRowHeading: true,
            value: (row) => (
              <>
                {pick(row.title, ctx.language)} {row.isRenewal ? <Tag>{t('learning.renewal')}</Tag> : null}
              </>
            ),
          },
          { key: 'day', label: t('people.completedOn'), kind: 'date', value: (row) => row.completedDay },
          { key: 'minutes', label: t('people.minutesColumn'), kind: 'number', value: (row) => row.minutes },
          { key: 'certificate', label: t('people.certificateColumn'), value: (row) => row.certificateNo },
        ]}
      />
    </Card>
  );
}
