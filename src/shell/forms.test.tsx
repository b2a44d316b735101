import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import {
  Button,
  Checkbox,
  CheckboxGroup,
  ConfirmPanel,
  ErrorSummary,
  errorFor,
  FileField,
  FilterBar,
  HiddenFields,
  PasswordField,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from './index.ts';

const errors = [
  { field: 'mobile', text: '10 अंक लिखें' },
  { field: 'groups', text: 'समूह चुनें' },
];

test('a field ties label, hint and error to its control and keeps what was typed', () => {
  const html = renderToString(
    <TextField
      name="mobile"
      label="मोबाइल"
      hint="10 अंक"
      error={errorFor(errors, 'mobile')}
      value={'98"'}
      inputmode="numeric"
    />,
  );
  assert.match(html, /<label for="mobile">मोबाइल/);
  assert.match(html, /id="mobile"[^>]*aria-describedby="mobile-hint mobile-error" aria-invalid="true"/);
  assert.match(html, /id="mobile-error"><span class="hidden-text">त्रुटि: <\/span>10 अंक लिखें/);
  assert.match(html, /value="98&quot;"/);
  assert.match(html, /inputmode="numeric"/);
});

test('a field without hint and error refers to neither', () => {
  assert.doesNotMatch(renderToString(<TextField name="a" label="A" />), /aria-/);
});

test('the summary leads to each field that is wrong, and is absent when none is', () => {
  const html = renderToString(<ErrorSummary errors={errors} />);
  assert.match(html, /role="alert" tabindex="-1" autofocus/);
  assert.match(html, /<a href="#mobile">10 अंक लिखें<\/a>/);
  assert.equal(renderToString(<ErrorSummary errors={[]} />), '');
});

test('the first option of a group carries the id that the summary leads to', () => {
  const options = [
    { value: 'A', label: 'क', hint: 'अधिकारी' },
    { value: 'B', label: 'ख' },
  ];
  const boxes = renderToString(
    <CheckboxGroup
      name="groups"
      label="समूह"
      options={options}
      values={['B']}
      error={errorFor(errors, 'groups')}
    />,
  );
  assert.match(boxes, /<fieldset[^>]*aria-describedby="groups-error"><legend>समूह/);
  assert.match(boxes, /type="checkbox" id="groups" name="groups" value="A" aria-describedby="groups-note"/);
  assert.match(boxes, /id="groups-2" name="groups" value="B" checked/);
  const radios = renderToString(<RadioGroup name="kind" label="प्रकार" options={options} value="A" />);
  assert.match(radios, /type="radio" id="kind" name="kind" value="A" checked/);
});

test('a single box has one label and sends yes', () => {
  const html = renderToString(<Checkbox name="agree" label="सहमत हूँ" isChecked />);
  assert.match(html, /id="agree" name="agree" value="yes" checked/);
  assert.equal(html.match(/<label/g)?.length, 1);
});

test('a password never comes back', () => {
  const html = renderToString(
    <PasswordField name="password" label="पासवर्ड" autocomplete="current-password" />,
  );
  assert.doesNotMatch(html, /value=/);
});

test('a file field says what it takes', () => {
  const html = renderToString(
    <FileField name="roster" label="फ़ाइल" accept=".csv,.xlsx" maximumMegabytes={50} />,
  );
  assert.match(html, /id="roster-hint">स्वीकृत: .csv, .xlsx · अधिकतम 50 MB/);
  assert.match(html, /aria-describedby="roster-hint"/);
});

test('a select marks its value and offers an empty choice first', () => {
  const html = renderToString(
    <SelectField
      name="issuer"
      label="जारीकर्ता"
      emptyLabel
      value="cs"
      options={[{ label: 'शासन', options: [{ value: 'cs', label: 'मुख्य सचिव' }] }]}
    />,
  );
  assert.match(html, /<option value>चुनें/);
  assert.match(html, /<optgroup label="शासन"><option value="cs" selected>/);
});

test('text in a text area is text, not markup', () => {
  assert.match(renderToString(<TextArea name="r" label="कारण" value="</textarea><b>" />), /&lt;\/textarea/);
});

test('filters are a search landmark that gets, and keep what is hidden', () => {
  const html = renderToString(
    <FilterBar action="/people" resetHref="/people" hidden={{ sort: 'name', asOf: undefined }}>
      <TextField name="q" label="नाम" />
    </FilterBar>,
  );
  assert.match(html, /^<search[^>]*><form action="\/people" method="get"/);
  assert.match(html, /name="sort" value="name"/);
  assert.doesNotMatch(html, /asOf/);
});

test('hidden fields leave out what is undefined', () => {
  assert.equal(
    renderToString(<HiddenFields values={{ a: undefined, b: 0 }} />),
    '<input type="hidden" name="b" value="0"/>',
  );
});

test('a button that goes somewhere is a link, one that changes something a button', () => {
  assert.match(renderToString(<Button href="/x">खोलें</Button>), /^<a class="button primary" href="\/x"/);
  assert.match(
    renderToString(<Button variant="danger">हटाएँ</Button>),
    /^<button class="button danger" type="submit"/,
  );
});

test('before what cannot be undone the consequences are read and the way back is offered', () => {
  const html = renderToString(
    <ConfirmPanel
      title="निरस्त करें?"
      consequences={['सूचना जाएगी।']}
      action="/r"
      confirmLabel="निरस्त करें"
      cancelHref="/c"
    />,
  );
  assert.match(html, /सूचना जाएगी।.*इसे वापस नहीं लिया जा सकेगा।.*<form[^>]*action="\/r" method="post"/);
  assert.match(html, /<a class="button secondary" href="\/c"/);
});
