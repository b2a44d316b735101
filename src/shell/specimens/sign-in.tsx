import type { FrameLink } from '../frame.ts';
import {
  Button,
  Card,
  Details,
  ErrorSummary,
  errorFor,
  Form,
  PageHeading,
  PasswordField,
  TextField,
} from '../index.ts';
import type { Say, Specimen } from '../specimen.tsx';

/** A form that came back: summary on top, message at the field, what was typed kept. */
export function signInSpecimen(say: Say): Specimen {
  const errors = [
    { field: 'mobile', text: say('मोबाइल नंबर में 10 अंक लिखें', 'Write 10 digits in the mobile number') },
    { field: 'password', text: say('पासवर्ड लिखें', 'Write the password') },
  ];
  return {
    frame: {
      title: say('साइन-इन', 'Sign in'),
      navigation: 'public',
      hasErrors: true,
      demo: true,
      links: publicLinks(say),
    },
    body: (
      <>
        <ErrorSummary errors={errors} />
        <PageHeading
          title={say('दक्ष में साइन-इन करें', 'Sign in to Daksh')}
          lead={say('अपने कर्मचारी कोड या मोबाइल नंबर से', 'With your employee code or mobile number')}
        />
        <Card>
          <Form action="/sign-in">
            <TextField
              name="mobile"
              label={say('मोबाइल नंबर', 'Mobile number')}
              hint={say('10 अंक, बिना +91 के', '10 digits, without +91')}
              error={errorFor(errors, 'mobile')}
              value="98390 124"
              type="tel"
              inputmode="numeric"
              autocomplete="username"
              width="medium"
            />
            <PasswordField
              name="password"
              label={say('पासवर्ड', 'Password')}
              error={errorFor(errors, 'password')}
              autocomplete="current-password"
            />
            <Button isWide>{say('साइन-इन करें', 'Sign in')}</Button>
          </Form>
          <p>
            <a href="/sign-in/code">
              {say('पासवर्ड नहीं है: SMS से कोड मँगाएँ', 'No password: ask for a code by SMS')}
            </a>
          </p>
        </Card>
        <Details summary={say('यह मोबाइल कई कार्मिकों का है', 'Several people share this mobile')}>
          {say(
            'कोड के बाद हम पूछेंगे कि आप कौन हैं, और आपका PIN माँगेंगे।',
            'After the code we ask who you are, and for your PIN.',
          )}
        </Details>
      </>
    ),
  };
}

function publicLinks(say: Say): FrameLink[] {
  return [
    { key: 'courses', label: say('सभी कोर्स', 'All courses'), href: '/courses', icon: 'course' },
    {
      key: 'verify',
      label: say('प्रमाणपत्र जाँचें', 'Check a certificate'),
      href: '/verify',
      icon: 'certificate',
    },
    { key: 'sign-in', label: say('साइन-इन', 'Sign in'), href: '/sign-in', icon: 'lock' },
  ];
}
