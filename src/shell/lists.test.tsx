import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import type { Column } from './index.ts';
import {
  ContinueCard,
  CourseCard,
  DataTable,
  FrameContext,
  Pagination,
  Steps,
  SummaryList,
  Tabs,
  TaskList,
} from './index.ts';

type Row = { code: string; name: string; people: number | null | 'masked'; reach: number; due: string };
const rows: Row[] = [
  { code: '1', name: 'झाँसी', people: 1880412, reach: 87.5, due: '2027-03-31' },
  { code: '2', name: 'मेरठ', people: 'masked', reach: 47.1, due: '2027-03-31' },
];
const columns: Column<Row>[] = [
  {
    key: 'name',
    label: 'जनपद',
    isRowHeading: true,
    value: (row) => row.name,
    href: (row) => `/areas/${row.code}`,
  },
  {
    key: 'people',
    label: 'कार्मिक',
    kind: 'number',
    value: (row) => row.people,
    sortHref: '?sort=people',
    sorted: 'descending',
  },
  { key: 'reach', label: 'पहुँच', kind: 'percent', value: (row) => row.reach, sortHref: '?sort=reach' },
  { key: 'due', label: 'तिथि', kind: 'date', value: (row) => row.due },
];
const table = (
  <DataTable
    caption="जनपद"
    columns={columns}
    rows={rows}
    rowKey={(row) => row.code}
    total={75}
    nextHref="?after=2"
  />
);

test('a table has a caption, headings of columns and rows, and says how it is sorted', () => {
  const html = renderToString(table);
  assert.match(html, /<caption>जनपद<\/caption>/);
  assert.match(
    html,
    /<th scope="col" class="number" aria-sort="descending" role="columnheader"><a href="\?sort=people"/,
  );
  assert.match(html, /<th scope="row" role="rowheader"><a href="\/areas\/1">झाँसी<\/a>/);
});

test('a cell is formatted by the kind of its column and named for the card of a phone', () => {
  const html = renderToString(table);
  assert.match(html, /<td class="number" data-label="कार्मिक" role="cell"><div>18,80,412<\/div>/);
  assert.match(
    html,
    /data-label="कार्मिक" role="cell"><div><span class="masked" title="5 से कम[^"]*">छिपाया गया/,
  );
  assert.match(html, /<div>47.1%<\/div>/);
  assert.match(html, /<div>31 मार्च 2027<\/div>/);
});

test('a page of a longer list says how much of it is shown', () => {
  assert.match(renderToString(table), /कुल 75 में से 2 प्रविष्टियाँ.*rel="next"/);
  assert.equal(renderToString(<Pagination />), '');
  const at = (path: string, pages: preact.JSX.Element) =>
    renderToString(<FrameContext.Provider value={{ language: 'hi', path }}>{pages}</FrameContext.Provider>);
  const last = <Pagination nextHref={undefined} />;
  assert.equal(at('/office/orders?q=1', last), '', 'the first page is the beginning');
  assert.match(at('/office/orders?q=1&after=x', last), /href="\/office\/orders\?q=1" rel="first"/);
  assert.match(at('/office/orders?after=x', last), /href="\/office\/orders"/);
  const one = <Pagination nextHref={undefined} pageKey="claimsAfter" />;
  assert.equal(at('/office/decisions?after=x', one), '', 'of two lists each has its own');
  assert.match(at('/office/decisions?after=x&claimsAfter=y', one), /href="\/office\/decisions\?after=x"/);
  const both = <Pagination previousHref="?before=a" nextHref={undefined} />;
  assert.match(at('/office/persons?before=b', both), /href="\/office\/persons" rel="first"/);
  assert.equal(at('/office/persons?before=b', last), '', 'going back has led to the beginning');
  const paged = (path: string, rows_: Row[]) =>
    at(
      path,
      <DataTable
        {...{ caption: 'x', columns, rows: rows_ }}
        rowKey={(row) => row.code}
        nextHref={undefined}
      />,
    );
  assert.match(paged('/list?after=x', []), /rel="first"/, 'also where nothing is left');
  assert.match(paged('/list?after=x', rows), /rel="first"/);
});

test('a table without rows says so, or what to do first', () => {
  const empty = (own?: string) =>
    renderToString(
      <DataTable caption="x" columns={columns} rows={[]} rowKey={(row) => row.code} empty={own} />,
    );
  assert.match(empty(), /अभी कुछ नहीं/);
  assert.equal(empty('पहले रोस्टर लाएँ'), 'पहले रोस्टर लाएँ');
});

test('a table of many columns can be moved sideways by keyboard', () => {
  const many = [...columns, ...columns].map((column, index) => ({ ...column, key: String(index) }));
  const html = renderToString(
    <DataTable caption="x" columns={many} rows={rows} rowKey={(row) => row.code} />,
  );
  assert.match(html, /role="region" aria-label="x" tabindex="0"/);
});

test('a row of sums comes from the caller', () => {
  const footer = { label: 'प्रदेश', values: { people: 3900 } };
  const html = renderToString(
    <DataTable caption="x" columns={columns} rows={rows} rowKey={(row) => row.code} footer={footer} />,
  );
  assert.match(html, /<tfoot.*>प्रदेश<\/th>.*3,900/);
  assert.doesNotMatch(html, /total-first/);
});

test('a long table has its sums at the top too', () => {
  const footer = { label: 'प्रदेश', values: { people: 3900 } };
  const long = Array.from(
    { length: 21 },
    (_, at) => ({ ...rows[0], code: String(at) }) as (typeof rows)[number],
  );
  const html = renderToString(
    <DataTable caption="x" columns={columns} rows={long} rowKey={(row) => row.code} footer={footer} />,
  );
  assert.match(html, /<tbody class="total-first".*>प्रदेश<\/th>.*3,900.*<tfoot.*>प्रदेश<\/th>/);
});

test('a condition says in words whether it is met', () => {
  const html = renderToString(
    <TaskList
      tasks={[
        { text: 'तीन कोर्स', isDone: false },
        { text: 'एक AI पर', isDone: true },
      ]}
    />,
  );
  assert.match(html, /शेष: <\/span>तीन कोर्स/);
  assert.match(html, /पूरा: <\/span>एक AI पर/);
});

test('each link to change says what it changes', () => {
  const html = renderToString(<SummaryList rows={[{ label: 'मोबाइल', value: '98', changeHref: '/m' }]} />);
  assert.match(html, /<a href="\/m">बदलें<span class="hidden-text"> \(मोबाइल\)/);
});

test('steps and tabs mark where one is', () => {
  assert.match(
    renderToString(<Steps steps={[{ label: 'फ़ाइल', state: 'current' }]} />),
    /aria-current="step"/,
  );
  assert.match(
    renderToString(<Tabs label="वर्ग" tabs={[{ label: 'सभी', href: '/', isActive: true, count: 3912 }]} />),
    /aria-current="page">सभी<span class="count"> 3,912/,
  );
});

test('a course tells minutes and MB before it is opened', () => {
  const html = renderToString(
    <CourseCard
      title="AI"
      titleLanguage="en"
      href="/c"
      minutes={18}
      megabytes={0.8}
      languages={['hi']}
      progressPercent={40}
    />,
  );
  assert.match(html, /<h3 lang="en"><a href="\/c">AI/);
  assert.match(html, /18 मिनट · 0.8 MB · हिन्दी · 40% पूरा/);
});

test('going on is a link, or a post that carries the token', () => {
  assert.match(
    renderToString(<ContinueCard title="x" progressPercent={6} href="/l" />),
    /<a class="button on-hero" href="\/l"/,
  );
  assert.match(
    renderToString(<ContinueCard title="x" progressPercent={6} action="/l" />),
    /<form[^>]*action="\/l" method="post"/,
  );
});
