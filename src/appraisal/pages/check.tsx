import { pick } from '../../kernel/i18n.ts';
import { Button, Card, Notice, PageHeading, SummaryList, useFrame } from '../../shell/index.ts';
import { stateOf } from '../answers.ts';
import type { PublicCheck } from '../statements/read-statement.ts';
import { Items, Mandates, Totals } from './statement-view.tsx';

/** What anybody learns who has the number of a statement. */
export function CheckPage({ typed, check }: { typed: string; check: PublicCheck | undefined }) {
  const { t } = useFrame();
  return (
    <>
      <PageHeading title={t('appraisal.checkTitle')} />
      {check ? (
        <Found check={check} />
      ) : (
        <Notice
          tone="refused"
          title={t('appraisal.checkUnknown', { number: typed })}
          actions={
            <Button href="/verify" variant="secondary" icon="search">
              {t('appraisal.checkAgain')}
            </Button>
          }
        />
      )}
    </>
  );
}

function Found({ check: { statement, isGenuine, shown } }: { check: PublicCheck }) {
  const { t, language } = useFrame();
  const state = stateOf(statement);
  const { person, totals, items, mandates } = shown;
  const tone = isGenuine ? (state === 'frozen' ? 'done' : 'needs-you') : 'refused';
  return (
    <>
      <Notice tone={tone} title={t(isGenuine ? 'appraisal.checkGenuine' : 'appraisal.checkBroken')}>
        {isGenuine && state !== 'frozen' ? (
          <p>{t(`appraisal.markLine_${state}`, { number: statement.replacedByNo ?? '' })}</p>
        ) : null}
      </Notice>
      <Card>
        <SummaryList
          rows={[
            { label: t('appraisal.number'), value: statement.statementNo },
            { label: t('appraisal.year'), value: statement.year },
            ...(person
              ? [
                  {
                    label: t('appraisal.name'),
                    value: `${pick(person.name, language)} (${person.code ?? '–'})`,
                  },
                ]
              : []),
          ]}
        />
        {person ? null : <p class="soft">{t('appraisal.checkHidden')}</p>}
      </Card>
      {totals ? <Totals content={{ totals }} /> : null}
      {items ? (
        <Card title={t('appraisal.items')}>
          <Items items={items} />
        </Card>
      ) : null}
      {mandates ? (
        <Card title={t('appraisal.mandates')}>
          <Mandates mandates={mandates} />
        </Card>
      ) : null}
    </>
  );
}
