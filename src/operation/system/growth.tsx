import { formatDay } from '../../kernel/dates.ts';
import { formatBytes } from '../../kernel/numbers.ts';
import { Card, SummaryList, TrendBars, type TrendPoint, useFrame } from '../../shell/index.ts';
import type { Size } from '../doctor/sizes.ts';

const mostDays = 14;

/** The disk fills unseen: what database and files took each day. */
export function Growth({ sizes, perDay }: { sizes: Size[]; perDay: number | undefined }) {
  const { t, language } = useFrame();
  const last = sizes.at(-1);
  const points = sizes.slice(-mostDays).map(
    (size): TrendPoint => ({
      label: String(Number(size.day.slice(8))),
      longLabel: formatDay(size.day, language),
      value: Math.round((size.databaseBytes + size.fileBytes) / 1e6),
    }),
  );
  return (
    <Card title={t('operation.growth')}>
      {last ? (
        <SummaryList
          rows={[
            { label: t('operation.databaseSize'), value: formatBytes(last.databaseBytes) },
            { label: t('operation.filesSize'), value: formatBytes(last.fileBytes) },
            {
              label: t('operation.perDay'),
              value:
                perDay === undefined
                  ? t('operation.afterTwoDays')
                  : `${perDay < 0 ? '−' : ''}${formatBytes(Math.abs(Math.round(perDay)))}`,
            },
          ]}
        />
      ) : (
        <p>{t('operation.noSizes')}</p>
      )}
      {points.length > 1 ? (
        <>
          <h3>{t('operation.sizeInMegabytes')}</h3>
          <TrendBars label={t('operation.sizeInMegabytes')} points={points} />
        </>
      ) : null}
    </Card>
  );
}
