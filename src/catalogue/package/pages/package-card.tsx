import { Button, ButtonRow, Card } from '../../../shell/index.ts';
import type { CourseDesk } from '../../authoring/course-desk.ts';
import { courseHref, type Say } from '../../authoring/pages/words.ts';

/** The course as a file to hand on, and a second course made of it: for those who may write it. */
export function PackageCard({ desk, say: { t } }: { desk: CourseDesk; say: Say }) {
  if (!desk.mayWrite) return null;
  const { code } = desk.course;
  const version = desk.version.number;
  return (
    <Card title={t('workflow.packageCard')} lead={t('workflow.packageCardText')}>
      <ButtonRow>
        <Button variant="secondary" href={courseHref(code, `/package?version=${version}`)} icon="download">
          {t('workflow.packageTake')}
        </Button>
        <Button variant="secondary" href={courseHref(code, '/copy')}>
          {t('workflow.copyMake')}
        </Button>
      </ButtonRow>
    </Card>
  );
}
