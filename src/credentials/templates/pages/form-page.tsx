import type { FormState } from '../../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  Checkbox,
  ErrorSummary,
  errorFor,
  FileField,
  Form,
  Grid,
  PageHeading,
  RadioGroup,
  TextField,
  useFrame,
} from '../../../shell/index.ts';
import type { Look } from '../look.ts';

type FormProps = { state: FormState; look: Look; officeName: string; action: string; cancelHref: string };

/** All that an office may decide about its certificates; what is left empty is as usual. */
export function TemplateForm({ state, look, officeName, action, cancelHref }: FormProps) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={t('credentials.templateEdit')} lead={officeName} />
      <Form action={action} hasFiles>
        <Card title={t('credentials.templateIssuer')} lead={t('credentials.templateIssuerLead')}>
          <Pair state={state} name="issuer" label="credentials.templateIssuerName" />
          <PictureField
            state={state}
            name="logo"
            label={t('credentials.templateLogo')}
            has={look.logo !== null}
          />
          <Pair state={state} name="title" label="credentials.templateTitle" />
        </Card>
        <Card title={t('credentials.templateLanguages')}>
          <LanguageFields state={state} />
        </Card>
        {([1, 2] as const).map((place) => (
          <Card
            key={place}
            title={t(place === 1 ? 'credentials.templateFirst' : 'credentials.templateSecond')}
            lead={place === 1 ? t('credentials.templateSignatoryLead') : undefined}
          >
            <Pair state={state} name={`name${place}`} label="credentials.templateName" />
            <Pair state={state} name={`designation${place}`} label="credentials.templateDesignation" />
            <PictureField
              state={state}
              name={`picture${place}`}
              label={t('credentials.templateSignature')}
              has={Boolean(look.signatories[place - 1]?.picture)}
            />
          </Card>
        ))}
        <ButtonRow>
          <Button>{t('credentials.templateSave')}</Button>
          <Button variant="secondary" href={cancelHref}>
            {t('shell.cancel')}
          </Button>
        </ButtonRow>
      </Form>
    </>
  );
}

type PairLabel =
  | 'credentials.templateIssuerName'
  | 'credentials.templateTitle'
  | 'credentials.templateName'
  | 'credentials.templateDesignation';

function Pair({ state, name, label }: { state: FormState; name: string; label: PairLabel }) {
  const { t } = useFrame();
  const languages = [
    { lang: 'hi', suffix: 'Hi', word: t('credentials.inHindi') },
    { lang: 'en', suffix: 'En', word: t('credentials.inEnglish') },
  ];
  return (
    <Grid>
      {languages.map(({ lang, suffix, word }) => (
        <TextField
          key={lang}
          name={`${name}${suffix}`}
          label={`${t(label)} (${word})`}
          lang={lang}
          value={state.values[`${name}${suffix}`]}
          error={errorFor(state.errors, `${name}${suffix}`)}
          maxLength={150}
          autocomplete="off"
          width="full"
          isOptional
        />
      ))}
    </Grid>
  );
}

function LanguageFields({ state }: { state: FormState }) {
  const { t } = useFrame();
  return (
    <>
      <RadioGroup
        name="languages"
        label={t('credentials.templateWhich')}
        value={state.values['languages'] || 'both'}
        options={[
          { value: 'both', label: t('credentials.templateBoth') },
          { value: 'hi', label: t('credentials.templateOnlyHindi') },
          { value: 'en', label: t('credentials.templateOnlyEnglish') },
        ]}
      />
      <RadioGroup
        name="third"
        label={t('credentials.templateThird')}
        hint={t('credentials.templateThirdHint')}
        value={state.values['third'] ?? ''}
        options={[
          { value: '', label: t('credentials.templateNoThird') },
          { value: 'ur', label: t('credentials.languageUrdu') },
          { value: 'bn', label: t('credentials.languageBengali') },
          { value: 'ta', label: t('credentials.languageTamil') },
        ]}
      />
      <Grid>
        {(['issuerThird', 'titleThird'] as const).map((name) => (
          <TextField
            key={name}
            name={name}
            label={t(
              name === 'issuerThird' ? 'credentials.templateIssuerThird' : 'credentials.templateTitleThird',
            )}
            value={state.values[name]}
            maxLength={150}
            autocomplete="off"
            width="full"
            isOptional
          />
        ))}
      </Grid>
    </>
  );
}

type PictureProps = { state: FormState; name: string; label: string; has: boolean };

function PictureField({ state, name, label, has }: PictureProps) {
  const { t } = useFrame();
  return (
    <>
      <FileField
        name={name}
        label={label}
        hint={t('credentials.templatePictureHint')}
        accept="image/png"
        error={errorFor(state.errors, name)}
        isOptional
      />
      {has ? (
        <Checkbox
          name={`${name}Gone`}
          label={t('credentials.templatePictureGone')}
          isChecked={Boolean(state.values[`${name}Gone`])}
        />
      ) : null}
    </>
  );
}
