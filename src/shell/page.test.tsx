import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PageFrame } from './index.ts';
import { FileField, Form, Notice, PageHeading, renderPage, TextField } from './index.ts';

const frame: PageFrame = {
  language: 'hi',
  title: 'कार्मिक',
  path: '/people?group=C&after=7',
  assets: { css: '/assets/app.css', scripts: ['/assets/player.js'] },
  nonce: 'n0nce',
  csrf: 'tok3n',
  actor: { name: 'सुनीता <वर्मा>', subtitle: 'पर्यवेक्षक' },
  navigation: 'office',
  links: [
    { key: 'review', label: 'समीक्षा', href: '/office', icon: 'chart' },
    { key: 'people', label: 'कार्मिक', href: '/people', badge: 3 },
  ],
  activeLink: 'people',
};

test('a page is a whole document in its language with a skip link to main', () => {
  const html = renderPage(frame, <PageHeading title="कार्मिक" />);
  assert.match(html, /^<!doctype html><html lang="hi"/);
  assert.match(html, /<title>कार्मिक · दक्ष<\/title>/);
  assert.match(html, /<body[^>]*><a class="skip-link" href="#main">/);
  assert.match(html, /<main id="main"/);
});

test('the change of language keeps the page with its query', () => {
  const html = renderPage(frame, null);
  assert.match(html, /href="\/language\?to=en&amp;back=%2Fpeople%3Fgroup%3DC%26after%3D7"/);
  assert.match(renderPage({ ...frame, language: 'en' }, null), /\/language\?to=hi&amp;back=/);
});

test('a page that carries errors says so first in its title', () => {
  assert.match(renderPage({ ...frame, hasErrors: true }, null), /<title>त्रुटि: कार्मिक/);
});

test('signing out is a post with the token, and names are escaped', () => {
  const html = renderPage(frame, null);
  assert.match(
    html,
    /<form method="post" action="\/sign-out"><input type="hidden" name="_csrf" value="tok3n"/,
  );
  assert.match(html, /सुनीता &lt;वर्मा/);
});

test('every posting form carries the token of its frame, a getting one does not', () => {
  const form = (method: 'get' | 'post') =>
    renderPage(
      { ...frame, actor: undefined },
      <Form action="/x" method={method}>
        <TextField name="q" label="नाम" />
      </Form>,
    );
  assert.match(form('post'), /action="\/x"[^>]*><input type="hidden" name="_csrf" value="tok3n"/);
  assert.doesNotMatch(form('get'), /csrf/);
});

test('an upload carries its token in the address, since its body is read as a stream', () => {
  const html = renderPage(
    frame,
    <Form action="/imports?kind=roster" hasFiles>
      <FileField name="file" label="फ़ाइल" />
    </Form>,
  );
  assert.match(html, /action="\/imports\?kind=roster&amp;_csrf=tok3n"[^>]*enctype="multipart\/form-data"/);
});

test('scripts carry the nonce, and nothing is inline that a strict content policy forbids', () => {
  const html = renderPage(frame, <Notice>ठीक</Notice>);
  assert.match(html, /<script type="module" src="\/assets\/player.js" nonce="n0nce">/);
  assert.doesNotMatch(html, / style=| on[a-z]+="|<style/);
});

test('the active link is marked, a waiting count is spoken', () => {
  const html = renderPage(frame, null);
  assert.match(html, /href="\/people" aria-current="page"/);
  assert.match(html, /<span class="hidden-text">3 नए<\/span>/);
});

test('who works and learns finds the other half from either', () => {
  assert.match(renderPage({ ...frame, isAlsoLearner: true }, null), /<a href="\/">मेरा प्रशिक्षण/);
  assert.match(
    renderPage({ ...frame, navigation: 'learner', isAlsoLearner: true }, null),
    /<a href="\/office">कार्यालय का काम/,
  );
});

test('the source of the place names is credited on every page', () => {
  const english = renderPage({ ...frame, language: 'en', navigation: 'public' }, null).replace(
    /<[^>]+>/g,
    '',
  );
  assert.ok(
    english.includes(
      'Contains data of the Local Government Directory, Ministry of Panchayati Raj, Government of India (https://lgdirectory.gov.in), under the Government Open Data License - India.',
    ),
  );
});

test('a flash that tells of a failure interrupts, one that tells of success waits', () => {
  const flash = (kind: 'success' | 'error') => renderPage({ ...frame, flash: { kind, text: 'x' } }, null);
  assert.match(flash('error'), /role="alert"/);
  assert.match(flash('success'), /role="status"/);
});
