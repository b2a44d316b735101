import {
  Button,
  Card,
  DataTable,
  FilterBar,
  PageHeading,
  PersonLine,
  SelectField,
  Tabs,
  Tag,
  TextField,
} from '../index.ts';
import type { Say, Specimen } from '../specimen.tsx';

type Person = {
  code: string;
  name: string;
  designation: string;
  courses: number;
  reach: number | null;
  due: string;
  isLate: boolean;
};

/** Fifty rows, among them designations of seventy characters. */
export function tableSpecimen(say: Say): Specimen {
  const title = say('कार्मिक', 'People');
  return {
    frame: {
      title,
      activeLink: 'people',
      breadcrumbs: [
        { label: say('समाज कल्याण विभाग', 'Social Welfare Department'), href: '/office' },
        { label: title },
      ],
      actor: {
        name: say('अनिल कुमार मिश्र', 'Anil Kumar Mishra'),
        subtitle: say('नोडल अधिकारी', 'Nodal officer'),
      },
    },
    body: (
      <>
        <PageHeading
          title={title}
          lead={say('22 नवंबर 2026, 10:42 तक · 3,912 कार्मिक', 'As of 22 November 2026, 10:42 · 3,912 people')}
          actions={
            <Button icon="upload" href="/imports/new">
              {say('रोस्टर लाएँ', 'Import roster')}
            </Button>
          }
        />
        <Tabs
          label={say('कार्मिकों के वर्ग', 'Kinds of people')}
          tabs={[
            { label: say('सभी', 'All'), href: '/people', isActive: true, count: 3912 },
            { label: say('समय-सीमा बीती', 'Overdue'), href: '/people?status=overdue', count: 318 },
            { label: say('छूट', 'Exempt'), href: '/people?status=exempt', count: 235 },
          ]}
        />
        <Filters say={say} />
        <Card>
          <People say={say} />
        </Card>
      </>
    ),
  };
}

function Filters({ say }: { say: Say }) {
  return (
    <FilterBar action="/people" resetHref="/people" hidden={{ sort: 'name' }}>
      <TextField
        name="q"
        label={say('नाम या कोड', 'Name or code')}
        type="search"
        value={say('कुमार', 'Kumar')}
      />
      <SelectField
        name="group"
        label={say('समूह', 'Group')}
        emptyLabel={say('सभी समूह', 'All groups')}
        value="C"
        options={[
          { value: 'A', label: say('क', 'A') },
          { value: 'B', label: say('ख', 'B') },
          { value: 'C', label: say('ग', 'C') },
        ]}
      />
    </FilterBar>
  );
}

function People({ say }: { say: Say }) {
  return (
    <DataTable
      caption={say('कार्मिक और उनकी प्रगति', 'People and their progress')}
      isCaptionHidden
      rows={people(say)}
      rowKey={(row) => row.code}
      total={3912}
      previousHref="?before=1"
      nextHref="?after=50"
      columns={[
        {
          key: 'name',
          label: say('नाम', 'Name'),
          isRowHeading: true,
          value: (row) => <PersonLine name={row.name} href={`/people/${row.code}`} code={row.code} />,
          sortHref: '?sort=-name',
          sorted: 'ascending',
        },
        { key: 'designation', label: say('पदनाम', 'Designation'), value: (row) => row.designation },
        {
          key: 'courses',
          label: say('कोर्स', 'Courses'),
          kind: 'number',
          value: (row) => row.courses,
          sortHref: '?sort=courses',
        },
        { key: 'reach', label: say('प्रगति', 'Progress'), kind: 'meter', value: (row) => row.reach },
        {
          key: 'due',
          label: say('अंतिम तिथि', 'Due'),
          kind: 'date',
          value: (row) => row.due,
          sortHref: '?sort=due',
        },
        {
          key: 'status',
          label: say('स्थिति', 'Status'),
          value: (row) =>
            row.isLate ? (
              <Tag tone="overdue">{say('समय-सीमा बीती', 'Overdue')}</Tag>
            ) : (
              <Tag tone="done">{say('पूर्ण', 'Met')}</Tag>
            ),
        },
      ]}
    />
  );
}

function people(say: Say): Person[] {
  const names = say(
    'राजेश कुमार,सुनीता वर्मा,मोहम्मद आरिफ़,कविता कुशवाहा,रामावतार पाल',
    'Rajesh Kumar,Sunita Verma,Mohammad Arif,Kavita Kushwaha,Ramavtar Pal',
  ).split(',');
  const posts = [
    say('पर्यवेक्षक', 'Supervisor'),
    say(
      'अपर जनपद समाज कल्याण अधिकारी (विकास), अनुसूचित जाति छात्रवृत्ति प्रकोष्ठ',
      'Additional District Social Welfare Officer (Development), Scholarships Cell',
    ),
    say('कनिष्ठ सहायक', 'Junior assistant'),
  ];
  return Array.from({ length: 50 }, (_, index) => ({
    code: `UP${600100 + index * 37}`,
    name: names[index % names.length] ?? '',
    designation: posts[index % posts.length] ?? '',
    courses: (index * 7) % 9,
    reach: index % 11 === 4 ? null : (index * 13) % 101,
    due: '2027-03-31',
    isLate: index % 4 === 1,
  }));
}
