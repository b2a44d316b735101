import { Button, ButtonRow, Card, EmptyState, Notice, PageHeading } from '../index.ts';
import type { Say, Specimen } from '../specimen.tsx';

/** A department on its first day: each page says what to do first. */
export function emptySpecimen(say: Say): Specimen {
  return {
    frame: {
      title: say('समीक्षा', 'Review'),
      activeLink: 'review',
      actor: {
        name: say('अनिल कुमार मिश्र', 'Anil Kumar Mishra'),
        subtitle: say('नोडल अधिकारी', 'Nodal officer'),
      },
      flash: { kind: 'info', text: say('विभाग बना दिया गया है।', 'The department has been set up.') },
    },
    body: (
      <>
        <PageHeading
          title={say('समाज कल्याण विभाग', 'Social Welfare Department')}
          lead={say('अभी कोई कार्मिक नहीं', 'No people yet')}
        />
        <EmptyState
          icon="upload"
          title={say('पहले रोस्टर लाएँ', 'Bring the roster first')}
          action={
            <ButtonRow>
              <Button icon="upload" href="/imports/new">
                {say('रोस्टर लाएँ', 'Import roster')}
              </Button>
              <Button variant="secondary" icon="download" href="/imports/example.xlsx" isDownload>
                {say('नमूना फ़ाइल', 'Example file')}
              </Button>
            </ButtonRow>
          }
        >
          {say(
            'Excel या CSV फ़ाइल चुनें। पहले हम दिखाएँगे कि क्या बदलेगा; आपकी स्वीकृति के बाद ही कुछ सहेजा जाएगा।',
            'Choose an Excel or CSV file. We first show what would change; nothing is kept before you agree.',
          )}
        </EmptyState>
        <Card title={say('आदेश', 'Orders')}>
          <EmptyState
            headingLevel={3}
            icon="order"
            title={say('कोई आदेश दर्ज नहीं', 'No order entered')}
            action={
              <Button variant="secondary" icon="plus" href="/orders/new">
                {say('आदेश दर्ज करें', 'Enter an order')}
              </Button>
            }
          >
            {say(
              'आदेश की संख्या, तिथि और शर्तें लिखें; किन पर लागू होगा, पहले देख लें।',
              'Write number, date and conditions; see first whom it binds.',
            )}
          </EmptyState>
        </Card>
        <Notice tone="needs-you" title={say('दो बातें शेष हैं', 'Two things are left')}>
          <p>
            {say(
              'नोडल अधिकारी का दूसरा सत्यापन चालू करें और कार्यालयों की सूची जाँचें।',
              'Switch on the second factor and check the list of offices.',
            )}
          </p>
        </Notice>
      </>
    ),
  };
}
