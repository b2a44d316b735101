import type { Bilingual, MessageKey } from '../../kernel/i18n.ts';
import {
  Button,
  Card,
  Details,
  FileField,
  Form,
  Notice,
  type NoticeTone,
  PageHeading,
  SummaryList,
  TextField,
  useFrame,
} from '../../shell/index.ts';

type Props = { decoder: string };

/** Everything that the page can ever say stands in it; the island shows what is so. Without script the form asks. */
export function OfflineCheckPage({ decoder }: Props) {
  const { t, language } = useFrame();
  return (
    <>
      <PageHeading title={t('credentials.checkTitle')} lead={t('credentials.checkLead')} />
      <div id="offline-check" data-language={language} data-decoder={decoder} aria-live="polite">
        {Object.entries(verdicts).map(([state, verdict]) => (
          <Verdict key={state} state={state} verdict={verdict} />
        ))}
      </div>
      <div data-part="facts" hidden>
        <Facts />
      </div>
      <Card>
        <div data-part="tools" class="form" hidden>
          <div data-part="camera-button" hidden>
            <Button type="button" icon="video" isWide>
              {t('credentials.checkCamera')}
            </Button>
          </div>
          <div data-part="camera" hidden>
            <video playsInline muted />
            <p>{t('credentials.checkHold')}</p>
            <Button type="button" variant="secondary">
              {t('credentials.checkStop')}
            </Button>
          </div>
          <FileField name="photo" label={t('credentials.checkPhoto')} accept=".jpg,.jpeg,.png,.webp" />
        </div>
        <Form action="/verify" method="get">
          <TextField
            name="no"
            label={t('credentials.checkField')}
            hint={t('credentials.checkHint')}
            autocomplete="off"
            spellcheck={false}
            maxLength={2000}
          />
          <Button icon="search" variant="secondary">
            {t('credentials.verifyButton')}
          </Button>
        </Form>
      </Card>
      <Status />
    </>
  );
}

/** What of this page works without a network, and how old the list is. */
function Status() {
  const { t } = useFrame();
  return (
    <>
      <p data-part="as-of" class="soft" hidden>
        {t('credentials.checkAsOf')} <b data-fact="as-of" />
      </p>
      <p data-part="kept" class="soft" hidden>
        {t('credentials.checkKept')}
      </p>
      <div data-part="no-data" hidden>
        <Notice tone="needs-you" title={t('credentials.checkNoData')}>
          <p>{t('credentials.checkNoDataText')}</p>
        </Notice>
      </div>
      <noscript>
        <p>{t('credentials.checkNoScript')}</p>
      </noscript>
      <Details summary={t('credentials.checkHowTitle')}>
        <ul>
          <li>{t('credentials.checkHowSigned')}</li>
          <li>{t('credentials.checkHowList')}</li>
          <li>{t('credentials.checkHowInstall')}</li>
        </ul>
      </Details>
    </>
  );
}

const verdicts = {
  valid: ['done', 'credentials.offlineValid', 'credentials.offlineValidText'],
  withdrawn: ['refused', 'credentials.offlineWithdrawn', 'credentials.offlineWithdrawnText'],
  unlisted: ['needs-you', 'credentials.offlineUnlisted', 'credentials.offlineUnlistedText'],
  forged: ['refused', 'credentials.verdictForged', 'credentials.verdictForgedText'],
  'unknown-key': ['needs-you', 'credentials.offlineUnknownKey', 'credentials.offlineUnknownKeyText'],
  'not-a-code': ['needs-you', 'credentials.offlineNotACode', 'credentials.offlineNotACodeText'],
  'no-code-in-photo': ['needs-you', 'credentials.offlineNoPhotoCode', 'credentials.offlineNoPhotoCodeText'],
  'no-camera': ['needs-you', 'credentials.offlineNoCamera', 'credentials.offlineNoCameraText'],
} as const satisfies Record<string, readonly [NoticeTone, MessageKey, MessageKey]>;

type VerdictProps = { state: string; verdict: (typeof verdicts)[keyof typeof verdicts] };

function Verdict({ state, verdict: [tone, title, text] }: VerdictProps) {
  const { t } = useFrame();
  const isChecked = ['valid', 'withdrawn', 'unlisted'].includes(state);
  return (
    <div data-verdict={state} tabIndex={-1} hidden>
      <Notice tone={tone} title={t(title)}>
        <p>{t(text)}</p>
        {isChecked ? (
          <p>
            {t('credentials.offlineAsOf')} <b data-fact="as-of" />
          </p>
        ) : null}
      </Notice>
    </div>
  );
}

function Facts() {
  const { t } = useFrame();
  const slot = (name: string) => <span data-fact={name} />;
  return (
    <Card>
      <SummaryList
        rows={[
          { label: t('credentials.factName'), value: <b data-fact="name" /> },
          { label: t('credentials.factCourse'), value: slot('course') },
          { label: t('credentials.printCourseCode'), value: slot('courseCode') },
          { label: t('credentials.factCompletedOn'), value: slot('completedDay') },
          { label: t('credentials.factIssuer'), value: slot('issuer') },
          { label: t('credentials.verifyField'), value: slot('certificateNo') },
        ]}
      />
      <p>
        <a data-part="online" href="/verify">
          {t('credentials.offlineAskOnline')}
        </a>
      </p>
    </Card>
  );
}

/** The words of the installable page's own card on the phone. */
export const appName: Bilingual = { hi: 'प्रमाणपत्र जाँच', en: 'Certificate check' };
