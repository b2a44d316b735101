import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { Refusal } from '../../kernel/errors.ts';
import { createCourse } from '../save-course.ts';
import { courseInput } from '../schema.ts';
import { faultTexts } from './faults.ts';
import { importPackage } from './import-package.ts';
import { exported, onDisk, type Packing, packed, picture, repacked, unpacked } from './test-packages.ts';

const world = await openWorld();
after(() => world.close());
const author = world.as('author');
const app = await world.app();
const { headers } = await signedIn(world, 'author');

const upload = await app.inject({
  method: 'POST',
  url: '/api/v1/files?name=a.png',
  headers: { ...headers, 'content-type': 'image/png' },
  payload: picture(),
});
assert.equal(upload.statusCode, 201, upload.body);
const course = {
  code: 'A/1',
  title: 'क',
  officeCode: 'SW',
  lessons: [
    { code: 'l1', kind: 'text', title: 'अ', body: `![घर](/media/${upload.json().fileId})` },
    {
      code: 'l2',
      kind: 'quiz',
      title: 'प्र',
      quiz: {
        questions: [{ kind: 'single', text: 'क?', options: [{ text: 'अ', correct: true }, { text: 'ब' }] }],
      },
    },
  ],
};
await createCourse(author, courseInput.parse(course));
const good = await unpacked(await exported(world, 'A/1'));
const [[path, bytes] = assert.fail('the course was packed without its picture')] = good.files;

// biome-ignore lint/suspicious/noExplicitAny: a test breaks documents wherever it likes
type Loose = any;
const fresh = (): Loose => {
  const document = JSON.parse(good.text);
  document.course.code = 'A/2';
  return document;
};
const changed = (change: (document: Loose) => void) => {
  const document = fresh();
  change(document);
  return repacked(good, document);
};
const document = (): Packing => ({ name: 'course.json', bytes: Buffer.from(JSON.stringify(fresh())) });
const file: Packing = { name: path, bytes };
const withEntry = (entry: Packing) => packed([document(), file, entry]);

/** Names within the zip are changed after it was packed: no packer writes what an attacker would. */
async function renamed(from: string, to: string, entries: Packing[]): Promise<Buffer> {
  assert.equal(Buffer.byteLength(from), Buffer.byteLength(to));
  return Buffer.from((await packed(entries)).toString('latin1').replaceAll(from, to), 'latin1');
}

const hostile: [reason: string, what: string, zipped: () => Promise<Buffer>][] = [
  ['not_a_zip', 'no zip at all', async () => Buffer.from('GIF89a, by itself')],
  ['not_a_zip', 'nothing', async () => Buffer.alloc(0)],
  ['not_a_zip', 'half a zip', async () => (await packed([document(), file])).subarray(0, 900)],
  ['no_document', 'no course.json', () => packed([file])],
  [
    'bad_path',
    'a path that leaves the folder',
    () => renamed('aa/etc/passwd', '../etc/passwd', [document(), file, { name: 'aa/etc/passwd', bytes }]),
  ],
  [
    'bad_path',
    'a path from the root',
    () => renamed('aetc/passwd', '/etc/passwd', [document(), file, { name: 'aetc/passwd', bytes }]),
  ],
  [
    'bad_path',
    'a path with backslashes',
    () => renamed('a/b.png', 'a\\b.png', [document(), file, { name: 'a/b.png', bytes }]),
  ],
  ['bad_path', 'a file that is no asset', () => withEntry({ name: 'assets/run.sh', bytes })],
  [
    'symbolic_link',
    'a link',
    () => withEntry({ name: path, bytes: Buffer.from('/etc/passwd'), mode: 0o120777 }),
  ],
  ['repeated_path', 'a name twice', () => withEntry(file)],
  [
    'unfolds_too_large',
    'a bomb',
    () =>
      withEntry({ name: `assets/${'b'.repeat(64)}.mp4`, bytes: Buffer.alloc(30_000_000), compress: true }),
  ],
  [
    'too_many_files',
    'more files than any course',
    () =>
      packed(
        Array.from({ length: 1100 }, (_, at) => ({
          name: `assets/${String(at).padStart(64, '0')}.png`,
          bytes,
        })),
      ),
  ],
  ['not_json', 'broken JSON', () => packed([{ name: 'course.json', bytes: Buffer.from('{"format":') }])],
  [
    'not_json',
    'JSON that is not UTF-8',
    () => packed([{ name: 'course.json', bytes: Buffer.from([0x7b, 0xff, 0x7d]) }]),
  ],
  [
    'other_format',
    'JSON of something else',
    () => packed([{ name: 'course.json', bytes: Buffer.from('{"format":"scorm"}') }]),
  ],
  ['other_version', 'a later format', () => changed((d) => (d.formatVersion = 2))],
  ['unknown_field', 'an unknown field', () => changed((d) => (d.course.price = 10))],
  [
    'unknown_field',
    'an unknown field of a question',
    () => changed((d) => (d.modules[0].lessons[1].quiz.questions[0].hint = 'x')),
  ],
  ['unknown_part', 'a part nobody knows', () => changed((d) => (d.parts.marks = []))],
  ['bad_field', 'a wrong value', () => changed((d) => (d.modules[0].lessons[0].kind = 'game'))],
  ['bad_field', 'a prototype', () => changed((d) => (d.course.code = { __proto__: 1 }))],
  ['repeated_lesson', 'a lesson code twice', () => changed((d) => (d.modules[0].lessons[1].code = 'l1'))],
  [
    'unknown_lesson',
    'a rule on a lesson that is not there',
    () => changed((d) => (d.course.completion.lessons = ['l9'])),
  ],
  ['quiz_where_none', 'questions in a text', () => changed((d) => (d.modules[0].lessons[1].kind = 'text'))],
  [
    'text_in_no_known_language',
    'a title in no known language',
    () => changed((d) => (d.course.title = { ta: 'த' })),
  ],
  ['missing_file', 'a file that is listed only', async () => packed([document()])],
  [
    'unlisted_file',
    'a file that is not listed',
    () => withEntry({ name: `assets/${'c'.repeat(64)}.png`, bytes }),
  ],
  [
    'unlisted_asset',
    'a picture that is not listed',
    () => changed((d) => (d.modules[0].lessons[0].contents.hi.body += ` ![x](assets/${'d'.repeat(64)}.png)`)),
  ],
  [
    'unused_asset',
    'a file that no lesson uses',
    () => changed((d) => (d.modules[0].lessons[0].contents.hi.body = 'पाठ')),
  ],
  ['repeated_asset', 'an asset listed twice', () => changed((d) => d.assets.push(d.assets[0]))],
  ['wrong_size', 'another size', () => changed((d) => (d.assets[0].bytes += 1))],
  ['wrong_hash', 'another hash', () => changed((d) => (d.assets[0].sha256 = 'e'.repeat(64)))],
  [
    'wrong_hash',
    'a file changed on its way',
    () =>
      packed([
        document(),
        { name: path, bytes: Buffer.from(bytes.map((byte, at) => (at === 40 ? byte ^ 1 : byte))) },
      ]),
  ],
  [
    'wrong_type',
    'a picture that claims to be a PDF',
    () => changed((d) => (d.assets[0].contentType = 'application/pdf')),
  ],
  [
    'wrong_type',
    'a kind that no lesson is made of',
    () => changed((d) => (d.assets[0].contentType = 'text/html')),
  ],
  [
    'wrong_kind',
    'a picture as a film',
    () =>
      changed((d) =>
        Object.assign(d.modules[0].lessons[0], { kind: 'video', contents: { hi: { file: path } } }),
      ),
  ],
];

const rows = async () =>
  (
    await sql<{ n: number }>`select (select count(*) from file) + (select count(*) from course)
    + (select count(*) from course_package) + (select count(*) from audit_event) as n`.execute(author.db.read)
  ).rows[0]?.n;

test('each hostile or broken package is refused in both languages, by its reason, and changes nothing', async () => {
  const before = await rows();
  for (const [reason, what, zipped] of hostile) {
    const from = {
      path: await onDisk(world, await zipped()),
      name: 'x.zip',
      take: { as: 'course' as const },
    };
    await assert.rejects(importPackage(author, world.runtime.storage, from), (error: unknown) => {
      assert.ok(error instanceof Refusal, `${what}: ${String(error)}`);
      assert.equal(error.status, 422, what);
      assert.ok(
        error.fields.some((field) => field.code === reason),
        `${what}: ${error.reason} ${JSON.stringify(error.fields)}`,
      );
      assert.match(error.text.hi, /[\u0900-\u097f]/, what);
      assert.ok(error.text.en, what);
      return true;
    });
  }
  assert.equal(await rows(), before);
});

test('every fault is said in Hindi and English with the same places', () => {
  for (const [code, { hi, en }] of Object.entries(faultTexts))
    assert.equal(hi.includes('{what}'), en.includes('{what}'), code);
});

const packageUrl = (more = '') => `/api/v1/course-packages${more}`;
const post = (more: string, payload: Buffer, own: Record<string, string> = headers) =>
  app.inject({
    method: 'POST',
    url: packageUrl(more),
    headers: { ...own, 'content-type': 'application/zip' },
    payload,
  });

test('programs look at a package, take it, and are told when it is there already', async () => {
  const zipped = await changed((d) => (d.course.code = 'API/1'));
  const dry = await post('', zipped);
  assert.equal(dry.statusCode, 200, dry.body);
  assert.deepEqual([dry.json().committed, dry.json().code, dry.json().counts.questions], [false, null, 1]);
  assert.match(dry.json().report[0].hi, /API\/1/);
  const made = await post('?commit=true', zipped);
  assert.deepEqual([made.statusCode, made.json().code, made.json().version], [201, 'API/1', 1], made.body);
  const again = await post('?commit=true', zipped);
  assert.deepEqual(
    [again.statusCode, again.json().committed, again.json().clash.kind],
    [200, false, 'same_package'],
  );
  const clash = await post('?commit=true&code=A/1', zipped);
  assert.deepEqual([clash.statusCode, clash.json().code], [409, 'course_code_taken']);
  const version = await post(
    '?commit=true&as=version',
    await changed((d) => Object.assign(d.course, { code: 'API/1', tags: ['x'] })),
  );
  assert.deepEqual([version.statusCode, version.json().code], [409, 'draft_open']);
  assert.equal((await post('', Buffer.from('no zip'))).statusCode, 422);
});

test('the package is a download for authors of the office, and nothing for anybody else', async () => {
  const url = '/api/v1/courses/A%2F1/package';
  const answer = await app.inject({ url, headers });
  assert.equal(answer.statusCode, 200, answer.body);
  assert.equal(answer.headers['content-type'], 'application/zip');
  assert.equal(Number(answer.headers['content-length']), answer.rawPayload.length);
  assert.match(String(answer.headers['content-disposition']), /A_1-v1\.daksh\.zip/);
  assert.deepEqual((await unpacked(answer.rawPayload)).document['course'], JSON.parse(good.text).course);
  assert.equal((await app.inject({ url: `${url}?version=7`, headers })).statusCode, 404);
  assert.equal((await app.inject({ url: '/api/v1/courses/none/package', headers })).statusCode, 404);
  assert.equal((await app.inject({ url })).statusCode, 401);
  const learner = (await signedIn(world, 'sunita')).headers;
  assert.equal((await app.inject({ url, headers: learner })).statusCode, 403);
  assert.equal((await post('', await packed([document(), file]), learner)).statusCode, 403);
  const copies = '/api/v1/courses/A%2F1/copies';
  const payload = { code: 'A/COPY', title: { hi: 'प्रति' } };
  assert.equal(
    (await app.inject({ method: 'POST', url: copies, headers: learner, payload })).statusCode,
    403,
  );
  const copy = await app.inject({ method: 'POST', url: copies, headers, payload });
  assert.deepEqual([copy.statusCode, copy.json()], [201, { code: 'A/COPY' }], copy.body);
  const double = await app.inject({ method: 'POST', url: copies, headers, payload });
  assert.equal(double.statusCode, 409);
  const empty = await app.inject({
    method: 'POST',
    url: copies,
    headers,
    payload: { code: 'A/3', title: {} },
  });
  assert.equal(empty.statusCode, 422);
});
