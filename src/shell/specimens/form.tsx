import {
  Button,
  ButtonRow,
  Card,
  Checkbox,
  CheckboxGroup,
  DateField,
  ErrorSummary,
  errorFor,
  FileField,
  Form,
  PageHeading,
  RadioGroup,
  SelectField,
  Steps,
  TextArea,
  TextField,
} from '../index.ts';
import type { Say, Specimen } from '../specimen.tsx';

/** Entering an order: every kind of field, with two errors. */
export function formSpecimen(say: Say): Specimen {
  const errors = [
    { field: 'number', text: say('आदेश संख्या लिखें', 'Write the order number') },
    { field: 'groups', text: say('कम से कम एक समूह चुनें', 'Choose at least one group') },
  ];
  return {
    frame: {
      title: say('आदेश दर्ज करें', 'Enter an order'),
      activeLink: 'orders',
      hasErrors: true,
      width: 'reading',
      actor: {
        name: say('अनिल कुमार मिश्र', 'Anil Kumar Mishra'),
        subtitle: say('नोडल अधिकारी', 'Nodal officer'),
      },
    },
    body: (
      <>
        <ErrorSummary errors={errors} />
        <PageHeading title={say('आदेश दर्ज करें', 'Enter an order')} />
        <Steps
          steps={[
            { label: say('आदेश', 'Order'), state: 'current' },
            { label: say('किन पर लागू', 'Whom it binds'), state: 'todo' },
            { label: say('देखें और जारी करें', 'Look and issue'), state: 'todo' },
          ]}
        />
        <Card>
          <Form action="/orders" hasFiles>
            <OrderFields say={say} numberError={errorFor(errors, 'number')} />
            <ScopeFields say={say} groupsError={errorFor(errors, 'groups')} />
            <ButtonRow>
              <Button>{say('आगे बढ़ें', 'Go on')}</Button>
              <Button variant="secondary" name="draft" value="yes">
                {say('प्रारूप सहेजें', 'Save draft')}
              </Button>
              <Button variant="quiet" href="/orders">
                {say('रहने दें', 'Cancel')}
              </Button>
            </ButtonRow>
          </Form>
        </Card>
      </>
    ),
  };
}

function OrderFields({ say, numberError }: { say: Say; numberError?: string }) {
  return (
    <>
      <TextField
        name="number"
        label={say('आदेश संख्या', 'Order number')}
        error={numberError}
        hint={say('जैसी पत्र पर लिखी है', 'As written on the letter')}
      />
      <DateField name="date" label={say('आदेश की तिथि', 'Date of the order')} value="2026-01-16" />
      <SelectField
        name="issuer"
        label={say('जारीकर्ता', 'Issued by')}
        emptyLabel
        options={[
          {
            label: say('शासन', 'Government'),
            options: [{ value: 'cs', label: say('मुख्य सचिव', 'Chief Secretary') }],
          },
          {
            label: say('विभाग', 'Department'),
            options: [{ value: 'ps', label: say('प्रमुख सचिव', 'Principal Secretary') }],
          },
        ]}
      />
      <TextArea
        name="subject"
        label={say('विषय', 'Subject')}
        value={say('सभी कार्मिकों के लिए तीन कोर्स, जिनमें एक AI पर', 'Three courses for all, one of them on AI')}
      />
      <TextField
        name="days"
        label={say('अनुग्रह अवधि', 'Grace')}
        suffix={say('दिन', 'days')}
        inputmode="numeric"
        width="short"
        value="0"
        isOptional
      />
      <FileField
        name="letter"
        label={say('हस्ताक्षरित पत्र', 'Signed letter')}
        accept=".pdf"
        maximumMegabytes={5}
        isOptional
      />
    </>
  );
}

function ScopeFields({ say, groupsError }: { say: Say; groupsError?: string }) {
  return (
    <>
      <CheckboxGroup
        name="groups"
        label={say('समूह', 'Groups')}
        error={groupsError}
        isInline
        options={[
          { value: 'A', label: say('क', 'A') },
          { value: 'B', label: say('ख', 'B') },
          { value: 'C', label: say('ग', 'C') },
          { value: 'D', label: say('घ', 'D') },
        ]}
      />
      <RadioGroup
        name="window"
        label={say('अवधि', 'Window')}
        value="fixed"
        options={[
          {
            value: 'fixed',
            label: say('निश्चित तिथियाँ', 'Fixed dates'),
            hint: say('1 अप्रैल 2026 से 31 मार्च 2027', '1 April 2026 to 31 March 2027'),
          },
          { value: 'joining', label: say('कार्यभार ग्रहण से 30 दिन', '30 days from joining') },
        ]}
      />
      <Checkbox name="renewals" label={say('नवीनीकरण भी गिने जाएँ', 'Count renewals too')} />
    </>
  );
}
