import { translator } from '../../../kernel/i18n.ts';
import {
  Button,
  Card,
  ErrorSummary,
  Form,
  HiddenFields,
  PageHeading,
  PasswordField,
  TextField,
} from '../../../shell/index.ts';

type Props = { language: 'hi' | 'en'; identifier?: string; next?: string; error?: string };

export function SignInPage({ language, identifier, next, error }: Props) {
  const t = translator(language);
  return (
    <>
      {error ? <ErrorSummary errors={[{ field: 'identifier', text: error }]} /> : null}
      <PageHeading title={t('signin.title')} />
      <Card>
        <Form action="/sign-in">
          <HiddenFields values={{ next }} />
          <TextField
            name="identifier"
            label={t('signin.identifier')}
            value={identifier}
            autocomplete="username"
            spellcheck={false}
            isRequired
          />
          <PasswordField
            name="password"
            label={t('signin.password')}
            autocomplete="current-password"
            isRequired
          />
          <Button isWide>{t('signin.submit')}</Button>
        </Form>
      </Card>
    </>
  );
}
