import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { invalid, Refusal } from '../../kernel/errors.ts';
import { searchDocument } from '../../kernel/text/index.ts';
import { detailsOfCourse, faceOf } from '../course-face.ts';
import { type CourseRow, lockedLessonsOf, updateCourseFace } from '../course-store.ts';
import { renderMarkdown } from '../markdown.ts';
import { actorId, requirePublisher, requireReviewer } from '../policy.ts';
import { type CourseEvent, tellCourseEvent } from '../review/events.ts';
import { wantsSecondPerson } from '../review/store.ts';
import { stampOf } from '../save-course.ts';
import type { Made } from './parts.ts';
import { lockText } from './save-translation.ts';
import {
  type LanguageRow,
  madeFrom,
  markSent,
  markWithdrawn,
  markWorking,
  openLanguage,
  type PublishedText,
  publishTexts,
} from './store.ts';
import { countsOf, type TranslatedText, unitsOf } from './translation-desk.ts';
import { requireTranslator, translationRights } from './translation-rights.ts';

export type LanguageOf = { code: string; language: string };

/** Learners meet what is left in the course's own language: whoever publishes says that he knows. */
export type Publication = LanguageOf & { acceptsPartial?: boolean };

/** Publishes a translation at once; where the office wants a second person, it is `decideTranslation` that does. */
export async function publishTranslation(ctx: Ctx, at: Publication): Promise<void> {
  await inLanguage(ctx, at, async (tx, open) => {
    requirePublisher(ctx, open.course);
    if (await wantsSecondPerson(tx, open.course.officePath)) throw checkNeeded();
    await textsOf(tx, open);
    if (!at.acceptsPartial) await refusePartial(tx, open);
    await publish(tx, ctx, open);
  });
}

/** Hands the translation to a second person; nobody changes it until it is decided on or taken back. */
export async function sendTranslation(ctx: Ctx, at: LanguageOf): Promise<void> {
  await inLanguage(ctx, at, async (tx, open) => {
    await requireTranslator(ctx, tx, open);
    if (open.row.state === 'in_review') throw alreadySent();
    await textsOf(tx, open);
    const { now, by } = stampOf(ctx);
    await markSent(tx, { ...open.of, now, by: by ?? actorId(ctx) });
    await note(tx, ctx, { open, action: 'course.translation_sent' });
  });
}

export async function takeBackTranslation(ctx: Ctx, at: LanguageOf): Promise<void> {
  await inLanguage(ctx, at, async (tx, open) => {
    await requireTranslator(ctx, tx, open);
    if (open.row.state !== 'in_review') throw notWaiting();
    await markWorking(tx, { ...open.of, reason: null });
    await note(tx, ctx, { open, action: 'course.translation_taken_back' });
  });
}

export type TranslationDecision = { decision: 'approved' | 'returned'; reason?: string };

/** A second person approves, which publishes it, or returns it with a reason. Nobody decides on his own words. */
export async function decideTranslation(
  ctx: Ctx,
  at: LanguageOf,
  { decision, reason }: TranslationDecision,
): Promise<void> {
  if (decision === 'returned' && !reason) throw reasonNeeded();
  await inLanguage(ctx, at, async (tx, open) => {
    requireReviewer(ctx, open.course);
    if (open.row.state !== 'in_review') throw notWaiting();
    const me = actorId(ctx);
    if (me && (open.row.writers.includes(me) || open.row.sentBy === me)) throw ownText();
    if (decision === 'approved') return publish(tx, ctx, open);
    await markWorking(tx, { ...open.of, reason: reason ?? null });
    await note(tx, ctx, { open, action: 'course.translation_returned', detail: { reason } });
    await tell(tx, ctx, open, 'translation_returned');
  });
}

/** Learners read the source again; the texts stay. */
export async function withdrawTranslation(ctx: Ctx, at: LanguageOf): Promise<void> {
  await inLanguage(ctx, at, async (tx, open) => {
    requirePublisher(ctx, open.course);
    if (!open.row.publishedAt) throw neverPublished();
    await markWithdrawn(tx, open.of);
    await refreshFace(tx, open);
    await note(tx, ctx, { open, action: 'course.translation_withdrawn' });
  });
}

type Open = {
  course: CourseRow;
  language: string;
  of: { courseId: string; language: string };
  text: TranslatedText;
  row: LanguageRow;
};

async function inLanguage(
  ctx: Ctx,
  { code, language }: LanguageOf,
  act: (tx: Tx, open: Open) => Promise<void>,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const text = await lockText(tx, code);
    const { course } = text;
    // To a stranger a course that is there and one that is not answer the same.
    await translationRights(ctx, course, tx);
    const of = { courseId: course.courseId, language };
    await act(tx, { course, language, of, text, row: await openLanguage(tx, of) });
  });
}

async function refusePartial(tx: Tx, { text, language, of }: Open): Promise<void> {
  const parts = unitsOf(text, language).flatMap((unit) => unit.parts);
  const { untranslated, stale } = countsOf(parts, await madeFrom(tx, of));
  const left = untranslated + stale;
  if (left > 0) throw partial({ left, parts: parts.length });
}

async function publish(tx: Tx, ctx: Ctx, open: Open): Promise<void> {
  const texts = await textsOf(tx, open);
  const { now, by } = stampOf(ctx);
  const searchText = searchTextOf(texts);
  await publishTexts(tx, texts.map(publishedText), { ...open.of, now, by, searchText });
  await refreshFace(tx, open);
  await note(tx, ctx, { open, action: 'course.translation_published', detail: { parts: texts.length } });
  await tell(tx, ctx, open, 'translation_published');
}

/** A course is found by its titles in the languages that learners read it in. */
function searchTextOf(texts: readonly (Made & { text: string })[]): string {
  const titles = texts.filter(
    ({ place }) => place === 'course.title' || /^lesson\.[^.]+\.title$/.test(place),
  );
  return searchDocument(titles.map((one) => one.text)).trimStart();
}

/** What the course's own row says of its languages and is found by; of a draft as of what learners take. */
async function refreshFace(tx: Tx, { course, text }: Open): Promise<void> {
  const isDraft = course.state === 'draft' || !course.currentVersionId;
  const lessons = isDraft ? text.lessons : await lockedLessonsOf(tx, course.currentVersionId ?? '');
  const details = isDraft ? text.details : detailsOfCourse(course);
  await updateCourseFace(tx, course.courseId, faceOf(course.code, details, lessons));
}

/** Everything that was translated beside the versions, also of a source that no version says yet. */
async function textsOf(tx: Tx, open: Open): Promise<(Made & { text: string })[]> {
  const made = [...(await madeFrom(tx, open.of)).values()];
  const isBegun = (one: Made) => one.place.endsWith('.bodyMarkdown') && one.textHash === one.sourceHash;
  const texts = made.flatMap((one) => (one.text && !isBegun(one) ? [{ ...one, text: one.text }] : []));
  if (texts.length === 0) throw nothingTranslated();
  return texts;
}

function publishedText({ place, text, sourceHash, baseHash }: Made & { text: string }): PublishedText {
  const html = place.endsWith('.bodyMarkdown') ? renderMarkdown(text) : null;
  const cueOf = /^lesson\.(.+)\.cue\.[\w-]+$/.exec(place)?.[1] ?? null;
  return { place, text, sourceHash, baseHash, html, cueOf };
}

type Noted = { open: Open; action: string; detail?: Record<string, unknown> };

async function note(tx: Tx, ctx: Ctx, { open, action, detail }: Noted): Promise<void> {
  await audit(tx, ctx, {
    action,
    subjectKind: 'course',
    subjectId: open.course.code,
    officeId: open.course.officeId ?? undefined,
    detail: { language: open.language, ...detail },
  });
}

async function tell(tx: Tx, ctx: Ctx, open: Open, kind: CourseEvent['kind']): Promise<void> {
  const me = actorId(ctx);
  const personIds = [...new Set([...open.row.writers, open.row.sentBy])].filter(
    (id) => id !== null && id !== me,
  );
  const query = new URLSearchParams({ language: open.language });
  const href = `/office/courses/${encodeURIComponent(open.course.code)}/translation?${query}`;
  await tellCourseEvent(tx, ctx, { kind, personIds: personIds as string[], course: open.course, href });
}

function conflict(reason: string, hi: string, en: string): Refusal {
  return new Refusal('conflict', { hi, en }, { reason });
}

function partial({ left, parts }: { left: number; parts: number }): Refusal {
  const text = {
    hi: `${parts} में से ${left} अंश सीखने वालों को मूल भाषा में दिखेंगे। फिर भी प्रकाशित करना हो तो इसकी पुष्टि करें।`,
    en: `Learners will read ${left} of ${parts} pieces in the source language. Confirm that it is to be published so.`,
  };
  const fields = [{ path: 'acceptsPartial', code: 'required', text }];
  return new Refusal('conflict', text, { reason: 'partial', fields, details: { left, parts } });
}

function nothingTranslated(): Refusal {
  return conflict(
    'nothing_translated',
    'इस भाषा में अभी कुछ अनूदित नहीं है।',
    'Nothing has been translated into this language yet.',
  );
}

function checkNeeded(): Refusal {
  return conflict(
    'review_needed',
    'इस कार्यालय के अनुवाद किसी दूसरे व्यक्ति की स्वीकृति से ही प्रकाशित होते हैं। इसे जाँच के लिए भेजें।',
    "Translations of this office are published with a second person's approval. Send it to be checked.",
  );
}

function alreadySent(): Refusal {
  return conflict('in_review', 'यह अनुवाद पहले से जाँच में है।', 'This translation is being checked already.');
}

function notWaiting(): Refusal {
  return conflict('not_waiting', 'यह अनुवाद जाँच में नहीं है।', 'This translation is not waiting to be checked.');
}

function neverPublished(): Refusal {
  return conflict('never_published', 'यह भाषा अभी प्रकाशित नहीं है।', 'This language has not been published.');
}

function ownText(): Refusal {
  return conflict(
    'own_text',
    'इस अनुवाद पर आपने स्वयं काम किया है; इसका निर्णय कोई दूसरा व्यक्ति करेगा।',
    'You worked on this translation yourself; somebody else decides on it.',
  );
}

function reasonNeeded(): Refusal {
  const text = { hi: 'लौटाने का कारण लिखें।', en: 'Say why it is returned.' };
  return invalid([{ path: 'reason', code: 'required', text }], text);
}
