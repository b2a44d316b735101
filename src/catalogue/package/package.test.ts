import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { openWorld } from '../../../test/world.ts';
import { projectRoot } from '../../kernel/project-root.ts';
import { discardDraft } from '../authoring/discard-draft.ts';
import { openDraft } from '../authoring/open-draft.ts';
import { courseByCode, lessonsOf, versionsOf } from '../course-store.ts';
import { publishCourse } from '../publish-course.ts';
import { createCourse } from '../save-course.ts';
import { saveFile } from '../save-file.ts';
import { courseInput } from '../schema.ts';
import { stateOf } from '../translation/parts.ts';
import { saveTranslation } from '../translation/save-translation.ts';
import { madeIn, translationDesk, unitsOf } from '../translation/translation-desk.ts';
import { copyCourse } from './copy-course.ts';
import { exportCourse } from './export-package.ts';
import { importPackage, type TakeAs } from './import-package.ts';
import { lookAtPackage } from './look-at-package.ts';
import { exported, onDisk, picture, repacked, unpacked, whole } from './test-packages.ts';
import { bringPackage, discardExpiredPackages, lookAgain, takePackage } from './waiting-packages.ts';

const world = await openWorld();
after(() => world.close());
const author = world.as('author');
const { storage } = world.runtime;
const demo = (name: string) => join(projectRoot(), 'demo', 'courses', 'cyber-hygiene', name);
const keep = (source: Readable, name: string) => saveFile(author, storage, { source, name });
const soundFile = (await keep(createReadStream(demo('l3.hi.mp3')), 'ध्वनि.mp3')).fileId;
const captionsFile = (await keep(createReadStream(demo('l3.hi.vtt')), 'l3.hi.vtt')).fileId;
const pictureFile = (await keep(Readable.from([picture()]), 'चित्र.png')).fileId;

let made = 0;
const newCode = () => {
  made += 1;
  return `P/${made}`;
};

const make = async (course: Record<string, unknown>) => {
  const code = newCode();
  await createCourse(author, courseInput.parse({ code, officeCode: 'SW', ...course }));
  return code;
};

const taken = async (zipped: Buffer, take: TakeAs = { as: 'course' }, ctx = author) =>
  importPackage(ctx, storage, { path: await onDisk(world, zipped), name: 'x.zip', take });

/** The text of course.json without what may differ: where it comes from, and its code. */
const comparable = async (zipped: Buffer) => {
  const { document } = await unpacked(zipped);
  const { origin: _origin, ...rest } = document;
  return JSON.stringify({ ...rest, course: { ...(rest['course'] as object), code: '' } });
};

const rich = {
  title: { hi: 'साइबर स्वच्छता', en: 'Cyber hygiene' },
  summary: { hi: 'सार\n\n- एक', en: 'Summary' },
  audience: 'सभी कार्मिक',
  provider: 'विभाग',
  tags: ['cyber', 'ai'],
  sources: [{ title: 'परिपत्र', url: 'https://example.in/1' }, { title: 'नियम' }],
  completion: { lessons: ['a', 'c'] },
  lessons: [
    {
      code: 'a',
      kind: 'text',
      module: { hi: 'पहला', en: 'First' },
      title: { hi: 'पाठ', en: 'Lesson' },
      body: { hi: `देखें\n\n![घर](/media/${pictureFile})\n`, en: 'See' },
      minimumSeconds: 30,
      durationMinutes: 4,
    },
    {
      code: 'b',
      kind: 'audio',
      module: { hi: 'पहला', en: 'First' },
      title: 'ध्वनि',
      asset: { fileId: soundFile, captionsFileId: captionsFile, transcript: 'जो कहा गया', altText: 'विवरण' },
    },
    {
      code: 'c',
      kind: 'quiz',
      module: 'अंत',
      title: 'प्रश्न',
      quiz: {
        passShare: 0.7,
        attempts: 3,
        questions: [
          {
            kind: 'single',
            text: { hi: 'कौन?', en: 'Who?' },
            explanation: { hi: 'क्योंकि', en: 'because' },
            options: [{ text: 'अ', correct: true }, { text: 'ब' }],
          },
          { kind: 'truth', text: 'सच?', answer: true },
          { kind: 'numeric', text: 'कितने?', answer: 1930, tolerance: 0.5, unit: 'रु' },
          { kind: 'ordering', text: 'क्रम', items: [{ text: 'एक' }, { text: 'दो' }] },
          {
            kind: 'matching',
            text: 'मिलाएँ',
            pairs: [
              { text: 'क', match: '१' },
              { text: 'ख', match: '२' },
            ],
            distractors: [{ text: '३' }],
          },
          { kind: 'fill', text: 'भरें', accepted: ['OTP'], points: 2 },
        ],
      },
    },
  ],
};

test('a course comes back from its package as it went, files, questions and modules included', async () => {
  const code = await make(rich);
  const zipped = await exported(world, code);
  const { document, files } = await unpacked(zipped);
  assert.equal(files.size, 3);
  assert.doesNotMatch(JSON.stringify(document), /\/media\//);
  const back = await taken(zipped, { as: 'course', code: newCode() });
  assert.equal(back.isNew, true);
  assert.equal(await comparable(await exported(world, back.code)), await comparable(zipped));
  const course = await courseByCode(author.db, back.code);
  assert.equal(course?.state, 'draft');
  const [version] = await versionsOf(author.db, course?.courseId ?? '');
  const lessons = await lessonsOf(author.db, version?.courseVersionId ?? '');
  assert.notEqual(lessons[1]?.contents[0]?.fileId, soundFile);
  assert.match(lessons[0]?.contents[0]?.bodyHtml ?? '', /<img src="\/media\/[0-9a-f-]{36}"/);
  assert.ok((lessons[1]?.contents[0]?.fileSeconds ?? 0) > 0, 'recordings are measured anew');
});

test('translations travel with the course, with their age, and are drafts where they arrive', async () => {
  const code = await make({
    ...rich,
    lessons: rich.lessons.map((one) => (one.code === 'a' ? { ...one, seenShare: 0.7 } : one)),
  });
  const body = `دیکھیں ![گھر](/media/${pictureFile})`;
  await saveTranslation(author, { code, language: 'ur' }, [
    { place: 'course.title', text: 'سائبر صفائی' },
    { place: 'lesson.a.bodyMarkdown', text: body },
    { place: 'lesson.c.quiz.questions.q1.text', text: 'کون؟', sourceHash: '0'.repeat(32) },
  ]);
  await saveTranslation(author, { code, language: 'en' }, [
    { place: 'lesson.b.title', text: 'Sound', sourceHash: '0'.repeat(32) },
  ]);
  const zipped = await exported(world, code);
  const source = await unpacked(zipped);
  const { document } = source;
  assert.doesNotMatch(JSON.stringify(document), /\/media\//);
  const back = await taken(zipped, { as: 'course', code: newCode() });
  assert.match(JSON.stringify(back.report.notes), /اردو \(3\)/);
  assert.equal(await comparable(await exported(world, back.code)), await comparable(zipped));
  const desk = await translationDesk(author, back.code);
  const states = new Map(
    unitsOf(desk, 'ur').flatMap((unit) =>
      unit.parts.map((part) => [part.place, stateOf(part, madeIn(desk, 'ur'))]),
    ),
  );
  assert.equal(
    states.get('lesson.a.bodyMarkdown'),
    'done',
    'the picture has another address, the source is the same',
  );
  assert.equal(states.get('lesson.c.quiz.questions.q1.text'), 'stale');
  assert.ok(!desk.course.languages.includes('ur'), 'nothing is published by an import');
  const wrong = { ...document, parts: { translations: { xx: [] } } };
  await assert.rejects(taken(await repacked(source, wrong)), { reason: 'bad_field' });
  const older = { ...document, parts: {} };
  assert.equal((await taken(await repacked(source, older), { as: 'course', code: newCode() })).isNew, true);
});

test('whatever a course says, its package says again after it was taken', { timeout: 120_000 }, async () => {
  const word = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter((text) => text.trim() !== '');
  const local = fc.oneof(word, fc.record({ hi: word, en: word }), fc.record({ en: word }));
  const option = fc.record({ text: local, correct: fc.boolean() });
  const question = fc.oneof(
    fc.record({
      kind: fc.constantFrom('single', 'multiple'),
      text: local,
      explanation: local,
      options: fc.array(option, { minLength: 2, maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant('truth'),
      text: local,
      answer: fc.boolean(),
      points: fc.integer({ min: 1, max: 9 }),
    }),
    fc.record({
      kind: fc.constant('numeric'),
      text: local,
      answer: fc.integer(),
      tolerance: fc.constantFrom(0, 0.25),
      unit: local,
    }),
    fc.record({
      kind: fc.constant('ordering'),
      text: local,
      items: fc.array(fc.record({ text: local }), { minLength: 2, maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant('matching'),
      text: local,
      pairs: fc.array(fc.record({ text: local, match: local }), { minLength: 2, maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant('fill'),
      text: local,
      accepted: fc.array(
        word.map((text) => text.trim()),
        { minLength: 1, maxLength: 3 },
      ),
      anyScript: fc.boolean(),
    }),
  );
  const body = fc.oneof(
    word,
    fc.record({
      hi: word.map((text) => `${text} ![${pictureFile}](/media/${pictureFile})`),
      en: fc.constantFrom('# A', `assets/${'a'.repeat(64)}`, '/media/x'),
    }),
  );
  const lesson = fc.oneof(
    fc.record({ kind: fc.constant('text'), title: local, body }),
    fc.record({
      kind: fc.constant('audio'),
      title: local,
      asset: fc.constantFrom(
        { hi: { fileId: soundFile } },
        { fileId: soundFile, transcript: 'जो' },
        { en: { fileId: 'later.mp3' } },
      ),
      seenShare: fc.constantFrom(undefined, 0.5, 0.85),
    }),
    fc.record({
      kind: fc.constant('quiz'),
      title: local,
      quiz: fc.record({
        passShare: fc.constantFrom(0.4, 1),
        attempts: fc.constantFrom(null, 2),
        questions: fc.array(question, { maxLength: 3 }),
      }),
    }),
  );
  const course = fc.record({
    title: local,
    language: fc.constantFrom('hi', 'en'),
    summary: word,
    tags: fc.uniqueArray(fc.constantFrom('ai', 'cyber', 'क'), { maxLength: 3 }),
    lessons: fc.array(fc.tuple(lesson, fc.option(local), fc.option(fc.integer({ min: 1, max: 90 }))), {
      maxLength: 4,
    }),
    // Of the first texts of the course, in Tamil.
    said: fc.array(fc.option(word), { maxLength: 8 }),
  });
  const whenTaken = async ({ said, ...given }: typeof course extends fc.Arbitrary<infer T> ? T : never) => {
    const lessons = given.lessons.map(([one, module, minutes], at) => ({
      ...one,
      ...(module === null ? {} : { module }),
      ...(minutes === null ? {} : { durationMinutes: minutes }),
      code: `l${at}`,
    }));
    const own = await make({ ...given, lessons });
    const places = unitsOf(await translationDesk(author, own), 'ta').flatMap((unit) => unit.parts);
    const pieces = places.flatMap(({ place }, at) => (said[at] ? [{ place, text: said[at] }] : []));
    if (pieces.length > 0) await saveTranslation(author, { code: own, language: 'ta' }, pieces);
    const zipped = await exported(world, own);
    const { code } = await taken(zipped, { as: 'course', code: newCode() });
    assert.equal(await comparable(await exported(world, code)), await comparable(zipped));
  };
  await fc.assert(fc.asyncProperty(course, whenTaken), { numRuns: 25, verbose: 0 });
});

test('the same package is not taken twice, also by two at once; under another code it is a second course', async () => {
  const source = await unpacked(await exported(world, await make(rich)));
  const code = newCode();
  const zipped = await repacked(source, {
    ...source.document,
    course: { ...(source.document['course'] as object), code },
  });
  const both = await Promise.all([taken(zipped), taken(zipped)]);
  assert.deepEqual(both.map((one) => one.isNew).sort(), [false, true]);
  assert.deepEqual(new Set(both.map((one) => one.code)), new Set([code]));
  const later = JSON.parse(source.text);
  later.course.code = code;
  later.origin.exportedAt = '2027-01-01T00:00:00.000Z';
  const again = await repacked(source, later);
  const report = await lookAtPackage(author, await onDisk(world, again));
  assert.equal(report.clash?.kind, 'same_package');
  assert.equal((await taken(again)).isNew, false);
  assert.equal((await taken(again, { as: 'course', code: `${code}-b` })).isNew, true);
  const rows = await sql<{ n: number }>`select count(*)::int as n from audit_event
    where action = 'course.imported' and subject_id = ${code}`.execute(author.db.read);
  assert.equal(rows.rows[0]?.n, 1);
});

test('a code that is taken is refused with a free one; as a version it becomes a draft and publishes nothing', async () => {
  const code = await make({ title: 'क', lessons: [{ code: 'l1', kind: 'text', title: 'अ', body: 'पाठ' }] });
  await publishCourse(author, code);
  const first = await exported(world, code);
  assert.equal((await lookAtPackage(author, await onDisk(world, first))).freeCode, `${code}-2`);
  await assert.rejects(taken(first), { reason: 'course_code_taken', details: { freeCode: `${code}-2` } });
  const changed = await unpacked(first);
  const title = { hi: 'नया नाम' };
  const zipped = await repacked(changed, {
    ...changed.document,
    course: { ...(changed.document['course'] as object), title },
  });
  await openDraft(author, code);
  await assert.rejects(taken(zipped, { as: 'version' }), { reason: 'draft_open' });
  await discardDraft(author, code);
  const back = await taken(zipped, { as: 'version' });
  assert.deepEqual([back.code, back.version, back.isNew], [code, 2, true]);
  assert.equal((await courseByCode(author.db, code))?.titleHi, 'क', 'the catalogue shows what is published');
  const draft = JSON.parse((await unpacked(await exported(world, code, 2))).text);
  assert.equal(draft.course.title.hi, 'नया नाम');
  await discardDraft(author, code);
  assert.equal((await taken(zipped, { as: 'version' })).isNew, true, 'what was thrown away may come again');
});

test('a copy says the same under another code and title, and shares the files', async () => {
  const code = await make(rich);
  const copy = newCode();
  await copyCourse(author, code, { code: copy, title: { hi: 'दूसरा' } });
  const [one, two] = [
    await unpacked(await exported(world, code)),
    await unpacked(await exported(world, copy)),
  ];
  assert.deepEqual(two.document['assets'], one.document['assets']);
  assert.deepEqual(two.document['modules'], one.document['modules']);
  assert.deepEqual((two.document['course'] as { title: object }).title, { hi: 'दूसरा' });
  await assert.rejects(copyCourse(author, code, { code: copy, title: { hi: 'तीसरा' } }), {
    reason: 'course_code_taken',
  });
});

test("only authors of the owning office take a course out: another's is not found, a reader is refused", async () => {
  const code = await make(rich);
  await publishCourse(author, code).catch(() => undefined);
  const wanted = { code };
  await assert.rejects(exportCourse(world.as('sunita'), storage, wanted), { code: 'forbidden' });
  await assert.rejects(exportCourse(world.as('operator'), storage, wanted), { code: 'forbidden' });
  await assert.rejects(copyCourse(world.as('sunita'), code, { code: 'X', title: { hi: 'x' } }), {
    code: 'forbidden',
  });
  const elsewhere = author.actor;
  assert.ok(elsewhere.kind === 'person');
  const stranger = {
    ...author,
    actor: { ...elsewhere, grants: [{ role: 'author', scopeId: world.officeId('HF') }] },
  };
  await assert.rejects(exportCourse(stranger, storage, wanted), { code: 'not_found' });
  const zipped = await exported(world, code);
  const report = await lookAtPackage(stranger, await onDisk(world, zipped));
  assert.ok(report.clash?.kind === 'code_taken' && !report.clash.isOwn);
  await assert.rejects(taken(zipped, { as: 'version' }, stranger), { code: 'not_found' });
  const mine = await taken(zipped, { as: 'course', code: newCode() }, stranger);
  await assert.rejects(exportCourse(author, storage, { code: mine.code }), { code: 'not_found' });
});

test("a package cannot name a file of this installation: no other office's draft is opened by it", async () => {
  const source = await unpacked(await exported(world, await make(rich)));
  const code = newCode();
  const text = source.text.replace(/!\[घर\]\(assets[^)]*\)/, `![x](/media/${pictureFile}) $&`);
  const document = JSON.parse(text);
  document.course.code = code;
  await taken(await repacked(source, document));
  const course = await courseByCode(author.db, code);
  const [version] = await versionsOf(author.db, course?.courseId ?? '');
  const lessons = await lessonsOf(author.db, version?.courseVersionId ?? '');
  const ids = lessons.flatMap((lesson) => lesson.contents.flatMap((content) => content.imageIds ?? []));
  assert.equal(ids.length, 1);
  assert.ok(!ids.includes(pictureFile));
  const asId = structuredClone(document);
  asId.modules[0].lessons[1].contents.hi.awaitedFile = soundFile;
  await assert.rejects(taken(await repacked(source, asId)), { reason: 'bad_field' });
});

test('pictures lose what a camera wrote, licences stay', async () => {
  const source = await unpacked(await exported(world, await make(rich)));
  const withCamera = picture('GPS 26.8,80.9');
  const sha256 = createHash('sha256').update(withCamera).digest('hex');
  const document = JSON.parse(source.text);
  const old = document.assets.find((one: { contentType: string }) => one.contentType === 'image/png');
  const code = newCode();
  const text = JSON.stringify({ ...document, course: { ...document.course, code } }).replaceAll(
    old.sha256,
    sha256,
  );
  const next = JSON.parse(text);
  for (const one of next.assets)
    if (one.sha256 === sha256) Object.assign(one, { bytes: withCamera.length, licence: 'CC BY 4.0' });
  const files = new Map(source.files);
  files.delete(old.path);
  files.set(`assets/${sha256}.png`, withCamera);
  await taken(await repacked({ ...source, files }, next));
  const back = await unpacked(await exported(world, code));
  const kept = (back.document['assets'] as { contentType: string; licence?: string; sha256: string }[]).find(
    (one) => one.contentType === 'image/png',
  );
  assert.deepEqual([kept?.licence, kept?.sha256], ['CC BY 4.0', old.sha256]);
});

test('a package is looked at, taken once by whoever brought it, and thrown away after a day', async () => {
  const source = await unpacked(await exported(world, await make(rich)));
  const code = newCode();
  const zipped = await repacked(source, {
    ...source.document,
    course: { ...(source.document['course'] as object), code },
  });
  const { packageId, report } = await bringPackage(author, {
    source: Readable.from([zipped]),
    name: 'मेरा.zip',
  });
  assert.equal(report.clash, null);
  const take: TakeAs = { as: 'course' };
  await assert.rejects(lookAgain(world.system, packageId), { code: 'not_found' });
  await assert.rejects(takePackage(world.system, storage, { packageId, take }), { code: 'not_found' });
  assert.deepEqual(
    [
      (await takePackage(author, storage, { packageId, take })).isNew,
      (await takePackage(author, storage, { packageId, take })).isNew,
    ],
    [true, false],
  );
  const later = await bringPackage(author, { source: Readable.from([zipped]), name: 'b.zip' });
  const now = world.clock.now();
  world.clock.set(new Date(now.getTime() + 25 * 3_600_000));
  assert.equal(await discardExpiredPackages(world.as('author')), 1);
  await assert.rejects(lookAgain(author, later.packageId), { code: 'not_found' });
  world.clock.set(now);
});

test('what breaks in the last moment leaves neither course nor files', async () => {
  const source = await unpacked(await exported(world, await make(rich)));
  const code = newCode();
  const zipped = await repacked(source, {
    ...source.document,
    course: { ...(source.document['course'] as object), code },
  });
  const count = async () =>
    (
      await sql<{ n: number }>`select (select count(*) from file) + (select count(*) from course)
      + (select count(*) from course_package) as n`.execute(author.db.read)
    ).rows[0]?.n;
  const before = await count();
  const cut = { ...author, db: { ...author.db, transaction: breaking } };
  await assert.rejects(taken(zipped, { as: 'course' }, cut), /the power went/);
  assert.equal(await count(), before);
  assert.equal((await taken(zipped)).isNew, true);

  function breaking<T>(work: Parameters<typeof author.db.transaction<T>>[0]): Promise<T> {
    return author.db.transaction(async (tx) => {
      await work(tx);
      throw new Error('the power went');
    });
  }
});

test('who gives up in the middle of a download leaves no open file', async () => {
  const code = await make(rich);
  const pack = await exportCourse(author, storage, { code });
  await new Promise<void>((done) => {
    pack.stream.once('data', () => {
      pack.stream.destroy();
      pack.stream.once('close', done);
    });
  });
  const again = await exportCourse(author, storage, { code });
  assert.equal((await whole(again.stream)).length, again.bytes);
});
