import { BandsBar, Card } from '../../shell/index.ts';
import type { PartProps } from './sheet-page.tsx';

/** The bands that add up to the registered, in one bar. */
export function BandsCard({ sheet, say }: PartProps) {
  const { t } = say;
  const { bands, begun, registered, fewerThanThree } = sheet.figures;
  if (bands.none === null)
    return (
      <Card title={t('review.bands')} id="bands">
        {t('review.bandsMasked')}
      </Card>
    );
  return (
    <Card
      title={t('review.bands')}
      id="bands"
      lead={t('review.bandsLead', { total: say.number(registered) })}
    >
      <BandsBar
        label={t('review.bands')}
        totalLabel={t('review.registeredSum')}
        bands={[
          {
            label: t('review.bandNone'),
            value: bands.none,
            note: t('review.begun', { count: say.number(begun) }),
          },
          { label: t('review.bandOneTwo'), value: bands.oneOrTwo ?? 0 },
          { label: t('review.bandThree'), value: bands.threeOrMore ?? 0 },
        ]}
      >
        {t('review.fewerThanThree', { count: say.number(fewerThanThree), none: say.number(bands.none) })}
      </BandsBar>
    </Card>
  );
}
