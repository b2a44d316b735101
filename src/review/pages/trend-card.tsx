import { monthPoint } from '../../insight/index.ts';
import { Card, TrendBars } from '../../shell/index.ts';
import type { PartProps } from './sheet-page.tsx';

/** Completions by month, where people were posted when they completed. */
export function TrendCard({ sheet, say }: PartProps) {
  const { t, language } = say;
  const last = sheet.trend.at(-1);
  if (!last) return null;
  return (
    <Card title={t('review.trend')} id="trend" lead={t('review.trendLead')}>
      <TrendBars
        label={t('review.completions')}
        isLastUnfinished={last.isUnfinished}
        points={sheet.trend.map((month) => ({
          ...monthPoint(month.period, language),
          value: month.completions,
        }))}
      />
    </Card>
  );
}
