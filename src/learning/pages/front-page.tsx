import { Button, ButtonRow, Card, PageHeading } from '../../shell/index.ts';
import type { Say } from './words.ts';

/** What somebody who is not signed in sees at the door. */
export function FrontPage({ say: { t } }: { say: Say }) {
  return (
    <>
      <PageHeading title={t('learning.frontTitle')} lead={t('learning.frontLead')} />
      <Card>
        <p>{t('learning.frontHow')}</p>
        <ButtonRow>
          <Button href="/sign-in">{t('common.signIn')}</Button>
          <Button href="/courses" variant="secondary" icon="search">
            {t('learning.seeCourses')}
          </Button>
        </ButtonRow>
      </Card>
    </>
  );
}
