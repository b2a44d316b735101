import { DataTable } from '../index.ts';
import type { Say } from '../specimen.tsx';

type District = {
  code: string;
  hi: string;
  en: string;
  people: number;
  reach: number;
  perHead: number;
  change: number;
};

const districts: District[] = [
  { code: '173', hi: 'बाराबंकी', en: 'Barabanki', people: 49, reach: 91.8, perHead: 4.2, change: -1 },
  { code: '161', hi: 'झाँसी', en: 'Jhansi', people: 64, reach: 87.5, perHead: 3.2, change: 4 },
  { code: '187', hi: 'गोरखपुर', en: 'Gorakhpur', people: 35, reach: 82.9, perHead: 4.8, change: 7 },
  { code: '157', hi: 'लखनऊ', en: 'Lucknow', people: 85, reach: 78.8, perHead: 8.8, change: 4 },
  {
    code: '199',
    hi: 'गौतम बुद्ध नगर',
    en: 'Gautam Buddha Nagar',
    people: 48,
    reach: 58.3,
    perHead: 5.6,
    change: 7,
  },
  { code: '138', hi: 'मेरठ', en: 'Meerut', people: 51, reach: 47.1, perHead: 7.4, change: 4 },
];

export function Districts({ say }: { say: Say }) {
  return (
    <DataTable
      caption={say('जनपद, पहुँच के क्रम में', 'Districts, by reach')}
      rows={districts}
      rowKey={(row) => row.code}
      total={75}
      nextHref="/areas?after=138"
      columns={[
        {
          key: 'name',
          label: say('जनपद', 'District'),
          isRowHeading: true,
          value: (row) => say(row.hi, row.en),
          href: (row) => `/areas/${row.code}`,
        },
        {
          key: 'people',
          label: say('कार्मिक', 'People'),
          kind: 'number',
          value: (row) => row.people,
          sortHref: '?sort=people',
        },
        {
          key: 'reach',
          label: say('पहुँच', 'Reach'),
          kind: 'meter',
          value: (row) => row.reach,
          sortHref: '?sort=reach',
          sorted: 'descending',
        },
        {
          key: 'perHead',
          label: say('कोर्स प्रति व्यक्ति', 'Courses per head'),
          kind: 'number',
          value: (row) => row.perHead,
        },
        {
          key: 'change',
          label: say('माह में बदलाव', 'Change in the month'),
          kind: 'number',
          value: (row) => (row.change > 0 ? `+${row.change}` : `−${-row.change}`),
        },
      ]}
    />
  );
}
