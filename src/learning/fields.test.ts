import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { loadDemonstrationCourses } from '../catalogue/index.ts';
import { fieldTagsOf } from './fields.ts';

const world = await openWorld();
after(() => world.close());

test('designation and cadre name the field of work, in either language, and most name none', () => {
  assert.deepEqual(fieldTagsOf(['आशा कार्यकर्त्री', null]), ['health']);
  assert.deepEqual(fieldTagsOf([null, 'Head Constable']), ['police']);
  assert.deepEqual(fieldTagsOf(['सहायक', 'लेखाकार संवर्ग']), ['procurement']);
  assert.deepEqual(fieldTagsOf(['पर्यवेक्षक', 'समाज कल्याण पर्यवेक्षक']), []);
  assert.deepEqual(fieldTagsOf([]), []);
});

test('the course for the work of one’s post is suggested first, and the page says why', async () => {
  await loadDemonstrationCourses(world.system, world.runtime);
  const app = await world.app();
  const home = await app.inject({ url: '/', headers: (await signedIn(world, 'kamla')).headers });
  assert.match(home.body, /आपके पद के कार्य पर: स्वास्थ्य/);
  const suggested = home.body.slice(home.body.indexOf('आपके लिए सुझाव'));
  assert.match(/href="\/courses\/([^"/]+)"/.exec(suggested)?.[1] ?? '', /asha-home-visits/);
  const other = await app.inject({ url: '/', headers: (await signedIn(world, 'secretary')).headers });
  assert.doesNotMatch(other.body, /आपके पद के कार्य पर/);
});
