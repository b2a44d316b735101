import type { FormState } from '../../../kernel/http/answer-form.ts';
import { Button, ButtonRow, Card, errorFor, FileField, Grid } from '../../../shell/index.ts';
import { largestBytes } from '../../save-file.ts';
import type { CourseDesk } from '../course-desk.ts';
import type { Say } from './words.ts';

type Props = { desk: CourseDesk; state: FormState; say: Say };

/** A picture for a text: kept in Daksh and put at the text's end, from where its author moves it. */
export function LessonImages({ desk, state, say: { t } }: Props) {
  if (!desk.hasDraft || !desk.mayEdit) return null;
  return (
    <Grid>
      {(['hi', 'en'] as const).map((language) => (
        <Card
          key={language}
          title={t(language === 'hi' ? 'catalogue.authorImagesHi' : 'catalogue.authorImagesEn')}
        >
          <FileField
            name={`image-${language}`}
            label={t('catalogue.authorImage')}
            accept=".png,.jpg,.jpeg,.webp"
            maximumMegabytes={largestBytes.image / 1_000_000}
            error={errorFor(state.errors, `image-${language}`)}
          />
          <ButtonRow>
            <Button variant="secondary" icon="upload" name="action" value={`upload-image-${language}`}>
              {t('catalogue.authorUpload')}
            </Button>
          </ButtonRow>
        </Card>
      ))}
    </Grid>
  );
}
