import { createHash } from 'node:crypto';
import type { Answer, PaperQuestion } from '../catalogue/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { enrolLearner } from '../learning/index.ts';
import { beginPaper } from './begin-paper.ts';
import { paperView } from './paper-view.ts';
import { keysOfPaper } from './right-answer.ts';
import { saveAnswer } from './save-answer.ts';
import { questionContents } from './stores/banks.ts';
import { type DemonstrationPerson, peopleForDemonstration } from './stores/demonstration.ts';
import { submitPaper } from './submit-paper.ts';

const learners = 36;
/** The first so many write the answer that a person marks; nobody has marked it yet. */
const writers = 6;

/** `written`: what people write to each written question, by its code. */
type Taking = { courseCode: string; lessonCode: string; written: Record<string, string[]> };

/**
 * Papers of invented people, by the commands that learners use: the figures of questions have something to show and
 * the marker something to mark. Nobody completes the course, so the published figures stand.
 */
export async function takeDemonstrationPapers(ctx: Ctx, taking: Taking): Promise<void> {
  const people = await peopleForDemonstration(ctx.db.read, learners);
  for (const [at, person] of people.entries())
    await takePaper(actingAs(ctx, person), {
      ...taking,
      skill: (at + 0.5) / people.length,
      writer: at < writers ? at : null,
    });
}

function actingAs(ctx: Ctx, { personId, nameHi, nameEn }: DemonstrationPerson): Ctx {
  const names = { nameHi: nameHi ?? '', nameEn: nameEn ?? '' };
  const actor = { kind: 'person', personId, sessionId: newId(), ...names } as const;
  return { ...ctx, actor: { ...actor, grants: [], secondFactorDone: true } };
}

type One = Taking & { skill: number; writer: number | null };

async function takePaper(ctx: Ctx, { courseCode, lessonCode, ...one }: One): Promise<void> {
  const { enrolment } = await enrolLearner(ctx, { courseCode });
  const lessonId = enrolment.lessons.find((lesson) => lesson.code === lessonCode)?.id ?? '';
  const { paperId } = await beginPaper(ctx, { enrolmentId: enrolment.id, lessonId });
  const { questions, paper } = await paperView(ctx, paperId);
  const keys = await keysOfPaper(ctx, paper);
  const contentOf = await questionContents(ctx.db, paper.questions);
  for (const [place, question] of questions.entries()) {
    const drawn = paper.questions[place];
    const code = drawn ? contentOf(drawn).code : '';
    const isKnown = chanceOf(`${code}:${one.skill}`) < 0.25 + 0.7 * one.skill;
    const key = keys[place] ?? '';
    const said = isKnown ? key : wrongAnswer(question, key);
    const answer = question.kind === 'short' ? writtenBy(one, code) : said;
    if (answer !== null) await saveAnswer(ctx, { paperId, place, answer });
  }
  await submitPaper(ctx, paperId);
}

function writtenBy({ written, writer }: Pick<One, 'written' | 'writer'>, code: string): string | null {
  const texts = written[code] ?? [];
  return writer === null ? null : (texts[writer % texts.length] ?? null);
}

function wrongAnswer({ kind, options = [] }: PaperQuestion, key: Answer): Answer | null {
  const keys = [key].flat().map(String);
  const other = options.find((option) => !keys.includes(option.code))?.code;
  if (kind === 'ordering') return keys.toReversed();
  if (kind === 'matching') return [...keys.slice(1), ...keys.slice(0, 1)];
  if (kind === 'multiple') return other === undefined ? null : [other];
  if (kind === 'numeric') return String(Number(key) + 3);
  return kind === 'fill' ? 'साइबर' : (other ?? null);
}

/** 0 to 1, the same at every start. */
function chanceOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
