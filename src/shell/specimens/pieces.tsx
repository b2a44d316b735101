import {
  BandsBar,
  Card,
  ConfirmPanel,
  CopyCode,
  JobProgress,
  KeyValue,
  Notice,
  PageHeading,
  Stat,
  StatStrip,
  Steps,
  SummaryList,
  Tag,
  TextArea,
} from '../index.ts';
import type { Say, Specimen } from '../specimen.tsx';

/** What the other specimens do not show, and awkward figures: masked, missing, very small parts. */
export function piecesSpecimen(say: Say): Specimen {
  return {
    frame: {
      title: say('आयात', 'Import'),
      activeLink: 'imports',
      flash: {
        kind: 'error',
        text: say('फ़ाइल खुल नहीं सकी; फिर से चुनें।', 'The file could not be opened; choose it again.'),
      },
      actor: { name: say('अनिल कुमार मिश्र', 'Anil Kumar Mishra') },
    },
    body: (
      <>
        <PageHeading
          title={say('रोस्टर का आयात', 'Import of the roster')}
          lead={<Tag tone="draft">{say('प्रारूप', 'Draft')}</Tag>}
        />
        <Steps
          steps={[
            { label: say('फ़ाइल', 'File'), state: 'done', href: '/imports/1/file' },
            { label: say('अंतर देखें', 'See the difference'), state: 'current' },
            { label: say('स्वीकार करें', 'Agree'), state: 'todo' },
          ]}
        />
        <JobProgress
          title={say('रोस्टर पढ़ा जा रहा है', 'Reading the roster')}
          done={812440}
          total={1880412}
          rejected={318}
          refreshHref="/imports/1"
          followHref="/imports/1?follow=1"
        />
        <Awkward say={say} />
        <Card title={say('आयात का विवरण', 'About the import')}>
          <KeyValue
            items={[
              { label: say('पंक्तियाँ', 'Rows'), value: '18,80,412' },
              { label: say('फ़ाइल', 'File'), value: 'roster-2026-11.csv' },
            ]}
          />
          <SummaryList
            rows={[
              {
                label: say('कार्यालय', 'Office'),
                value: say('समाज कल्याण विभाग', 'Social Welfare Department'),
                changeHref: '/imports/1/office',
              },
              {
                label: say('ढंग', 'Mode'),
                value: say('आंशिक: केवल सूची के कार्मिक', 'Partial: only the people listed'),
                changeHref: '/imports/1/mode',
              },
            ]}
          />
          <CopyCode label={say('आयात कोड', 'Import code')}>0194-7f3c-9a52-roster</CopyCode>
        </Card>
        <Notice tone="refused" title={say('318 पंक्तियाँ अस्वीकृत', '318 rows rejected')}>
          <p>
            {say(
              'त्रुटियों की फ़ाइल उतारें, ठीक करें और फिर भेजें।',
              'Download the file of errors, mend it and send it again.',
            )}
          </p>
        </Notice>
        <Confirm say={say} />
      </>
    ),
  };
}

function Awkward({ say }: { say: Say }) {
  return (
    <>
      <StatStrip>
        <Stat
          label={say('समय-सीमा बीती', 'Overdue')}
          value="masked"
          detail={say('49 में से', 'of 49')}
          explanation={say(
            'आपके कार्यालय से बाहर 1 से 4 की संख्या छिपाई जाती है।',
            'Outside your office counts of 1 to 4 are hidden.',
          )}
        />
        <Stat label={say('कक्षा प्रशिक्षण', 'Classroom')} value={null} definitionHref="/definitions#classroom" />
        <Stat
          label={say('पंजीकृत', 'Registered')}
          value={14500000}
          detail={say('रोस्टर का 98.9%', '98.9% of the roster')}
        />
      </StatStrip>
      <Card title={say('छोटे भाग', 'Small parts')}>
        <BandsBar
          label={say('आदेश की स्थिति', 'Status of the order')}
          totalLabel={say('पर लागू', 'bound')}
          bands={[
            { label: say('पूर्ण', 'Met'), value: 18430, tone: 'done' },
            { label: say('विलंब से पूर्ण', 'Met late'), value: 210, tone: 'late' },
            { label: say('शेष', 'Open'), value: 402, tone: 'open' },
            { label: say('समय-सीमा बीती', 'Overdue'), value: 96, tone: 'overdue' },
            { label: say('छूट', 'Exempt'), value: 12, tone: 'exempt' },
          ]}
        />
      </Card>
    </>
  );
}

function Confirm({ say }: { say: Say }) {
  return (
    <ConfirmPanel
      title={say('प्रमाणपत्र निरस्त करें?', 'Revoke the certificate?')}
      consequences={[
        say(
          'प्रमाणपत्र UP-2026-004512 की जाँच पर "निरस्त" दिखेगा।',
          'Checking certificate UP-2026-004512 will show "revoked".',
        ),
        say('सुनीता वर्मा को सूचना जाएगी।', 'Sunita Verma will be told.'),
      ]}
      action="/certificates/UP-2026-004512/revocation"
      confirmLabel={say('निरस्त करें', 'Revoke')}
      cancelHref="/certificates/UP-2026-004512"
    >
      <TextArea name="reason" label={say('कारण', 'Reason')} rows={2} />
    </ConfirmPanel>
  );
}
