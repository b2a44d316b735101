import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { cast } from '../../../demo/cast.ts';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { CueEdit } from '../captions/edit-cues.ts';
import { saveCaptions } from '../captions/save-captions.ts';
import { listCourses, playableVersion } from '../course-queries.ts';
import { courseByCode } from '../course-store.ts';
import { publishCourse } from '../publish-course.ts';
import { setReviewRule } from '../review/review-rule.ts';
import { createCourse, saveCourseDraft } from '../save-course.ts';
import { courseInput } from '../schema.ts';
import { mergeTranslators } from './merge-translators.ts';
import { partialLanguages } from './partial-languages.ts';
import { hashOf, stateOf } from './parts.ts';
import {
  decideTranslation,
  publishTranslation,
  sendTranslation,
  withdrawTranslation,
} from './publish-translation.ts';
import { saveTranslation } from './save-translation.ts';
import { translatedCaptions, translatedCourse } from './translated-course.ts';
import { countsIn, madeIn, translationDesk, unitsOf } from './translation-desk.ts';
import { dismissTranslator, inviteTranslator } from './translators.ts';

const world = await openWorld();
after(() => world.close());
const withRole = (key: string, role: string): Ctx => {
  const ctx = world.as(key);
  return { ...ctx, actor: { ...ctx.actor, grants: [{ role, scopeId: world.officeId('SW') }] } } as Ctx;
};
const author = withRole('imran', 'author');
const publisher = world.as('author');
const employeeCode = cast.find((member) => member.key === 'sunita')?.code ?? '';
const course = (body: { hi: string; en?: string }) =>
  courseInput.parse({
    code: 'T-1',
    title: { hi: 'जल बचाव' },
    lessons: [
      {
        ...{ code: 'l1', kind: 'text', title: { hi: 'परिचय', en: 'Introduction' }, module: 'पहला भाग' },
        ...{ body, durationMinutes: 4 },
      },
      {
        code: 'q',
        kind: 'quiz',
        title: 'प्रश्न',
        quiz: {
          questions: [
            {
              ...{ kind: 'single', text: 'कौन?', explanation: 'क्योंकि क' },
              options: [{ text: 'क', correct: true }, { text: 'ख' }],
            },
          ],
        },
      },
    ],
  });
const body = 'lesson.l1.bodyMarkdown';

async function states(language: string, ctx = author) {
  const desk = await translationDesk(ctx, 'T-1');
  const parts = unitsOf(desk, language).flatMap((unit) => unit.parts);
  return new Map(parts.map((part) => [part.place, stateOf(part, madeIn(desk, language))]));
}

test('a translation into the other language of the draft is stale once its source changes, until it is made anew', async () => {
  await createCourse(author, course({ hi: 'पानी बचाएँ' }));
  assert.equal((await states('en')).get(body), 'untranslated');
  await saveTranslation(author, { code: 'T-1', language: 'en' }, [{ place: body, text: 'Save water' }]);
  assert.equal((await states('en')).get(body), 'done');
  await saveCourseDraft(author, 'T-1', course({ hi: 'पानी और बिजली बचाएँ', en: 'Save water' }));
  assert.equal((await states('en')).get(body), 'stale');
  // Looked at and found right: the same text, of the new source.
  await saveTranslation(author, { code: 'T-1', language: 'en' }, [{ place: body, text: 'Save water' }]);
  assert.equal((await states('en')).get(body), 'done');
});

test('every text has its own name: module, question, option, explanation', async () => {
  const places = [...(await states('ta')).keys()];
  assert.deepEqual(places, [
    'course.title',
    'lesson.l1.module',
    'lesson.l1.title',
    body,
    'lesson.q.title',
    'lesson.q.quiz.questions.q1.text',
    'lesson.q.quiz.questions.q1.options.a.text',
    'lesson.q.quiz.questions.q1.options.b.text',
    'lesson.q.quiz.questions.q1.explanation',
  ]);
});

test('a published version is translated and published in a further language without being changed', async () => {
  await publishCourse(publisher, 'T-1');
  const before = await courseByCode(author.db, 'T-1');
  const version = before?.currentVersionId ?? '';
  const untouched = JSON.stringify(await playableVersion(author, version));
  await saveTranslation(author, { code: 'T-1', language: 'ur' }, [
    { place: 'course.title', text: 'پانی کی بچت' },
    { place: body, text: 'پانی **بچائیں**' },
    { place: 'lesson.q.quiz.questions.q1.text', text: 'کون؟' },
  ]);
  const at = { code: 'T-1', language: 'ur' };
  await assert.rejects(publishTranslation(author, at), { code: 'forbidden' });
  assert.ok(!before?.languages.includes('ur'));
  // Nine texts, of which three are translated: whoever publishes is told, and says that he knows.
  await assert.rejects(publishTranslation(publisher, at), {
    reason: 'partial',
    details: { left: 6, parts: 9 },
  });
  await publishTranslation(publisher, { ...at, acceptsPartial: true });
  const now = await courseByCode(author.db, 'T-1');
  assert.ok(now?.languages.includes('ur'));
  assert.equal(now?.currentVersionId, version);
  const hits = await listCourses(author, { q: 'پانی', limit: 5 });
  assert.deepEqual(
    hits.items.map((one) => one.code),
    ['T-1'],
  );
  if (!now) return;
  const { version: row, lessons } = await playableVersion(author, version);
  assert.equal(JSON.stringify({ version: row, lessons }), untouched);
  const offered = await partialLanguages(author, { course: now, version: row, lessons });
  assert.deepEqual(
    offered.find((one) => one.language === 'ur'),
    { language: 'ur', left: 6, parts: 9 },
  );
  const translated = await translatedCourse(author, { course: now, version: row }, 'ur');
  assert.equal(translated?.title, 'پانی کی بچت');
  const [first, quiz] = lessons.map((lesson) => translated?.lesson(lesson));
  assert.match(first?.contents[0]?.bodyHtml ?? '', /<strong>بچائیں<\/strong>/);
  assert.ok(first?.inSource.title, 'an untranslated title is the source’s, and is known to be');
  assert.equal(first?.titleHi, 'परिचय');
  assert.equal(quiz?.quiz?.questions[0]?.text.hi, 'کون؟');
  assert.ok(quiz?.inSource.questions.has('q1'), 'its options are not translated yet');
});

test('a new version shows the translations of what it still says, and the older ones keep theirs', async () => {
  await saveCourseDraft(author, 'T-1', course({ hi: 'हर बूँद बचाएँ', en: 'Save water' }));
  const found = await states('ur');
  assert.equal(found.get(body), 'stale');
  assert.equal(found.get('course.title'), 'done');
  const old = await courseByCode(author.db, 'T-1');
  await saveTranslation(author, { code: 'T-1', language: 'ur' }, [{ place: body, text: 'ہر بوند بچائیں' }]);
  await publishTranslation(publisher, { code: 'T-1', language: 'ur', acceptsPartial: true });
  await publishCourse(publisher, 'T-1');
  assert.equal(
    (await listCourses(author, { q: 'بچت', limit: 5 })).items.length,
    1,
    'and what it is found by',
  );
  const now = await courseByCode(author.db, 'T-1');
  assert.ok(now?.languages.includes('ur'), 'a publication keeps the languages');
  const textIn = async (versionId: string) => {
    if (!now) return '';
    const { version, lessons } = await playableVersion(author, versionId);
    const translated = await translatedCourse(author, { course: now, version }, 'ur');
    return lessons[0] ? translated?.lesson(lessons[0]).contents[0]?.bodyMarkdown : '';
  };
  assert.equal(await textIn(old?.currentVersionId ?? ''), 'پانی **بچائیں**');
  assert.equal(await textIn(now?.currentVersionId ?? ''), 'ہر بوند بچائیں');
});

test('a text that was only begun from its source is untranslated still, and learners do not get it as a translation', async () => {
  const at = { code: 'T-1', language: 'bn' };
  const desk = await translationDesk(author, 'T-1');
  const source =
    unitsOf(desk, 'bn')
      .flatMap((unit) => unit.parts)
      .find((part) => part.place === body)?.source ?? '';
  const [saved] = await saveTranslation(author, at, [{ place: body, text: source }]);
  assert.equal(saved?.state, 'untranslated');
  assert.equal(saved?.textHash, hashOf(source));
  await assert.rejects(publishTranslation(publisher, at), { reason: 'nothing_translated' });
});

test('a piece of an older source is stale from the start; what another translator wrote meanwhile is not overwritten', async () => {
  const at = { code: 'T-1', language: 'ta' };
  const old = hashOf('कुछ और');
  const [saved] = await saveTranslation(author, at, [{ place: body, text: 'நீர்', sourceHash: old }]);
  assert.equal(saved?.state, 'stale');
  await assert.rejects(saveTranslation(author, at, [{ place: body, text: 'x', replaces: hashOf('') }]), {
    reason: 'stale',
  });
  await assert.rejects(saveTranslation(author, at, [{ place: 'lesson.none.title', text: 'x' }]), {
    code: 'not_found',
  });
  const foreign = '![x](/media/01980000-0000-7000-8000-000000000001)';
  await assert.rejects(saveTranslation(author, at, [{ place: body, text: foreign }]), { code: 'invalid' });
});

test('who was asked to translate may write that language alone, until the day, and nobody else finds the course', async () => {
  const helper = world.as('sunita');
  const write = (language: string) =>
    saveTranslation(helper, { code: 'T-1', language }, [{ place: 'course.title', text: 'நீர் சேமிப்பு' }]);
  await assert.rejects(write('ta'), { code: 'not_found' });
  const asked = { employeeCode, languages: ['ta'], until: '2026-12-31' };
  await assert.rejects(inviteTranslator(author, 'T-1', { ...asked, until: '2026-11-01' }), {
    code: 'invalid',
  });
  await assert.rejects(inviteTranslator(helper, 'T-1', asked), { code: 'not_found' });
  await assert.rejects(publishTranslation(helper, { code: 'T-1', language: 'ta' }), { code: 'not_found' });
  const { translatorId } = await inviteTranslator(author, 'T-1', asked);
  await write('ta');
  await assert.rejects(write('ur'), { code: 'forbidden' });
  await assert.rejects(publishTranslation(helper, { code: 'T-1', language: 'ta' }), {
    code: /not_found|forbidden/,
  });
  await dismissTranslator(author, 'T-1', translatorId);
  await assert.rejects(write('ta'), { code: 'not_found' });
  await inviteTranslator(author, 'T-1', asked);
  const pair = { survivorId: world.personId('ramesh'), mergedId: world.personId('sunita') };
  assert.deepEqual(
    (await mergeTranslators.preview(world.system, pair)).map((effect) => effect.count),
    [1],
  );
  await world.runtime.db.transaction((tx) => mergeTranslators.move(tx, world.system, pair));
  await assert.rejects(write('ta'), { code: 'not_found' });
  const survivor = { place: 'course.title', text: 'நீர்' };
  await saveTranslation(world.as('ramesh'), { code: 'T-1', language: 'ta' }, [survivor]);
});

test('where the office wants it, a second person approves a translation, who did not write it', async () => {
  const at = { code: 'T-1', language: 'ta' };
  await setReviewRule(world.system, 'UP', { secondPerson: true });
  await assert.rejects(publishTranslation(publisher, at), { reason: 'review_needed' });
  await sendTranslation(author, at);
  await assert.rejects(saveTranslation(author, at, [{ place: body, text: 'x' }]), { reason: 'in_review' });
  await assert.rejects(decideTranslation(publisher, at, { decision: 'returned' }), {
    code: 'invalid',
  });
  await decideTranslation(publisher, at, { decision: 'approved' });
  assert.ok((await courseByCode(author.db, 'T-1'))?.languages.includes('ta'));
  await withdrawTranslation(publisher, at);
  assert.ok(!(await courseByCode(author.db, 'T-1'))?.languages.includes('ta'));
  await setReviewRule(world.system, 'UP', { secondPerson: false });
});

test('the page shows source and translation with script and direction, counts, and saves only what was touched', async () => {
  const app = await world.app();
  const who = await signedIn(world, 'author');
  const url = '/office/courses/T-1/translation?language=ur&lesson=l1';
  const page = await app.inject({ url, headers: { cookie: who.cookie } });
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /<(input|textarea)[^>]*lang="ur"[^>]*dir="rtl"/);
  const hidden = [...page.body.matchAll(/name="((?:from|was):[^"]+)" value="([^"]*)"/g)];
  const fields = Object.fromEntries(hidden.map(([, name, value]) => [name ?? '', value ?? '']));
  const sent = await app.inject({
    method: 'POST',
    url,
    headers: { cookie: who.cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      ...fields,
      _csrf: who.csrf,
      [`text:${body}`]: 'ہر بوند بچائیں',
      'text:lesson.l1.title': 'تعارف',
    }).toString(),
  });
  assert.equal(sent.statusCode, 303);
  assert.equal((await states('ur')).get('lesson.l1.title'), 'done');
  const stranger = await signedIn(world, 'sunita');
  const closed = await app.inject({ url, headers: { cookie: stranger.cookie } });
  assert.equal(closed.statusCode, 404);
  const counts = countsIn(await translationDesk(author, 'T-1'), 'ur');
  assert.equal(counts.stale, 0);
});

test('captions are mended cue by cue, keep their names, and are shown in the learner’s language where translated', async () => {
  const cue = (id: string, startSeconds: number, text: string) =>
    ({ id, startSeconds, endSeconds: startSeconds + 2, text, act: 'keep' }) as const;
  const lesson = { code: 'film', kind: 'video', title: 'फ़िल्म', durationMinutes: 2 };
  await createCourse(author, courseInput.parse({ code: 'T-2', title: { hi: 'फ़िल्म' }, lessons: [lesson] }));
  const at = { code: 'T-2', lesson: 'film', language: 'hi' } as const;
  const save = (from: string | null, edits: CueEdit[]) =>
    saveCaptions(author, world.runtime.storage, { at, edit: { from, edits } });
  await save(null, [cue('new', 0, 'नमस्ते'), cue('new2', 2, 'धन्यवाद')]);
  const desk = await translationDesk(author, 'T-2');
  const [file] = [...desk.tracks.keys()];
  const cues = desk.tracks.get(file ?? '') ?? [];
  assert.equal(cues.length, 2);
  const [first, second] = cues;
  if (!file || !first || !second) return;
  const place = `lesson.film.cue.${second.id}`;
  await saveTranslation(author, { code: 'T-2', language: 'ur' }, [{ place, text: 'شکریہ' }]);
  await assert.rejects(save(null, [cue('x', 0, 'x')]), { reason: 'stale' });
  // Mended times move no translation.
  await save(file, [{ ...second, startSeconds: 5, endSeconds: 9, act: 'keep' }]);
  await publishTranslation(publisher, { code: 'T-2', language: 'ur', acceptsPartial: true });
  const now = await translationDesk(author, 'T-2');
  const [row] = now.lessons;
  if (!row) return;
  const shown = await translatedCaptions(
    author,
    { course: now.course, version: now.version, lesson: row },
    'ur',
  );
  assert.deepEqual(
    shown?.map((one) => [one.startSeconds, one.text]),
    [
      [0, 'नमस्ते'],
      [5, 'شکریہ'],
    ],
  );
});

test('a text that was taken away is read by nobody once the language is published again', async () => {
  const code = 'T-GONE';
  const lesson = { code: 'l', kind: 'text', title: 'पाठ', body: 'पाठ यहाँ है' };
  await createCourse(author, courseInput.parse({ code, title: { hi: 'जाने वाला' }, lessons: [lesson] }));
  await publishCourse(publisher, code);
  const at = { code, language: 'ur' };
  const title = async () => {
    const course = await courseByCode(author.db, code);
    if (!course?.currentVersionId) return undefined;
    const { version } = await playableVersion(author, course.currentVersionId);
    return (await translatedCourse(author, { course, version }, 'ur'))?.title;
  };
  await saveTranslation(author, at, [
    { place: 'course.title', text: 'غلط' },
    { place: 'lesson.l.title', text: 'سبق' },
  ]);
  await publishTranslation(publisher, { ...at, acceptsPartial: true });
  assert.equal(await title(), 'غلط');
  await saveTranslation(author, at, [{ place: 'course.title', text: '' }]);
  await publishTranslation(publisher, { ...at, acceptsPartial: true });
  assert.notEqual(await title(), 'غلط');
});
