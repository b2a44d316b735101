import { BandsBar, Button, Card, Grid, PageHeading, Stat, StatStrip, TrendBars } from '../index.ts';
import type { Say, Specimen } from '../specimen.tsx';
import { Districts } from './districts.tsx';

/** The report that UP's Social Welfare department published, as a screen. */
export function departmentSpecimen(say: Say): Specimen {
  const department = say('समाज कल्याण विभाग', 'Social Welfare Department');
  return {
    frame: {
      title: department,
      activeLink: 'review',
      demo: true,
      isAlsoLearner: true,
      asOf: say('22 नवंबर 2026, 10:42', '22 November 2026, 10:42'),
      breadcrumbs: [{ label: say('उत्तर प्रदेश', 'Uttar Pradesh'), href: '/offices/UP' }, { label: department }],
      actor: {
        name: say('अनिल कुमार मिश्र', 'Anil Kumar Mishra'),
        subtitle: say('नोडल अधिकारी', 'Nodal officer'),
      },
    },
    body: (
      <>
        <Heading say={say} />
        <Figures say={say} />
        <Card
          title={say('किसने कितने कोर्स पूरे किए', 'Who completed how many courses')}
          lead={say(
            'तीनों वर्ग मिलकर सभी पंजीकृत कार्मिक हैं',
            'The three bands together are all who are registered',
          )}
        >
          <Bands say={say} />
        </Card>
        <Grid columns="main-side">
          <Card>
            <Districts say={say} />
          </Card>
          <Card
            title={say('पूरे किए गए कोर्स, माह के अनुसार', 'Courses completed, by month')}
            lead={say('पिछले बारह माह; नवंबर अधूरा', 'The last twelve months; November unfinished')}
          >
            <TrendBars
              label={say('पूरे किए गए कोर्स', 'Courses completed')}
              points={months(say)}
              isLastUnfinished
            />
            <OrderStatus say={say} />
          </Card>
        </Grid>
      </>
    ),
  };
}

function Heading({ say }: { say: Say }) {
  return (
    <PageHeading
      title={say('समाज कल्याण विभाग: प्रशिक्षण की स्थिति', 'Social Welfare Department: state of training')}
      lead={
        <>
          {say(
            '22 नवंबर 2026, 10:42 तक · आज के रोस्टर के कार्मिक · ',
            'As of 22 November 2026, 10:42 · today’s roster · ',
          )}
          <a href="/definitions">{say('परिभाषाएँ', 'Definitions')}</a>
        </>
      }
      actions={
        <>
          <Button variant="secondary" icon="download" href="?format=xlsx" isDownload>
            Excel
          </Button>
          <Button variant="secondary" icon="pdf" href="?format=pdf" isDownload>
            PDF
          </Button>
          <Button href="/reminders/new">{say('अनुस्मारक भेजें', 'Send reminders')}</Button>
        </>
      }
    />
  );
}

function Figures({ say }: { say: Say }) {
  return (
    <StatStrip>
      <Stat
        label={say('पंजीकृत', 'Registered')}
        value={3900}
        detail={say('रोस्टर 3,912 · लॉग-इन कर चुके 3,104', 'Roster 3,912 · signed in 3,104')}
      />
      <Stat
        label={say('कम से कम एक कोर्स', 'At least one course')}
        value={2759}
        detail={say('3,900 का 70.7%', '70.7% of 3,900')}
      />
      <Stat
        label={say('इनमें तीन या अधिक', 'Of these three or more')}
        value={2289}
        detail={say('3,900 का 58.7%', '58.7% of 3,900')}
      />
      <Stat
        label={say('पूरे किए गए कोर्स', 'Courses completed')}
        value={21150}
        detail={say('प्रति व्यक्ति 5.4', '5.4 per head')}
      />
      <Stat
        label={say('प्रशिक्षण समय', 'Learning time')}
        value={15893}
        unit={say('घंटे', 'hours')}
        detail={say('प्रति व्यक्ति 4.1 घंटे', '4.1 hours per head')}
      />
    </StatStrip>
  );
}

function Bands({ say }: { say: Say }) {
  return (
    <BandsBar
      label={say('पूरे किए गए कोर्स की संख्या', 'Number of courses completed')}
      totalLabel={say('पंजीकृत', 'registered')}
      bands={[
        {
          label: say('एक भी नहीं', 'None'),
          value: 1141,
          note: say('इनमें 318 ने शुरू किया है', 'of whom 318 have begun'),
          href: '/people?band=none',
        },
        { label: say('एक या दो', 'One or two'), value: 470, href: '/people?band=some' },
        { label: say('तीन या अधिक', 'Three or more'), value: 2289, href: '/people?band=all' },
      ]}
    >
      {say(
        'तीन से कम: 1,611, इनमें 1,141 ने एक भी कोर्स पूरा नहीं किया',
        'Fewer than three: 1,611, of whom 1,141 with none',
      )}
    </BandsBar>
  );
}

function OrderStatus({ say }: { say: Say }) {
  return (
    <>
      <h2>{say('आदेश 1/2026: तीन कोर्स, एक AI पर', 'Order 1/2026: three courses, one on AI')}</h2>
      <BandsBar
        label={say('आदेश 1/2026 की स्थिति', 'Status of order 1/2026')}
        totalLabel={say('पर लागू, 31 मार्च 2027 तक', 'bound, by 31 March 2027')}
        bands={[
          { label: say('पूर्ण', 'Met'), value: 1794, tone: 'done' },
          { label: say('शेष', 'Open'), value: 1883, tone: 'open' },
          { label: say('छूट', 'Exempt'), value: 235, tone: 'exempt' },
        ]}
      />
    </>
  );
}

function months(say: Say) {
  const short = say(
    'दिस जन फ़र मार्च अप्रै मई जून जुल अग सित अक्तू नव',
    'Dec Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov',
  );
  const values = [412, 640, 590, 980, 1520, 1260, 1740, 2140, 2760, 2630, 3538, 2416];
  return short.split(' ').map((label, index) => ({
    label,
    longLabel: `${label} ${index === 0 ? 2025 : 2026}`,
    value: values[index] ?? 0,
  }));
}
