import { beginPaper } from '../src/assessment/begin-paper.ts';
import { markAnswer } from '../src/assessment/mark-answer.ts';
import { saveAnswer } from '../src/assessment/save-answer.ts';
import { createBank } from '../src/assessment/save-bank.ts';
import { addQuestions } from '../src/assessment/save-bank-question.ts';
import { createBlueprint } from '../src/assessment/save-blueprint.ts';
import { bankInput, blueprintInput } from '../src/assessment/schema.ts';
import { submitPaper } from '../src/assessment/submit-paper.ts';
import { keysOfPaper } from '../src/assessment/test-questions.ts';
import { createCollection } from '../src/catalogue/collections/save-collection.ts';
import { courseInput, createCourse, publishCourse } from '../src/catalogue/index.ts';
import { declareCompetency } from '../src/competencies/passbook/declare-competency.ts';
import { assignCourse } from '../src/learning/assignments/assign-course.ts';
import { enrolLearner, enrolmentDetail } from '../src/learning/index.ts';
import { rateCourse } from '../src/learning/ratings/rate-course.ts';
import { keepCourse } from '../src/learning/shelf/keep-course.ts';
import type { World } from '../test/world.ts';

export type Furnished = { taken: string; open: string; marked: string; waiting: string; assignment: string };

/** What pages need to have something to show: papers, marks, an assignment, a rating, a collection, a shelf. */
export async function furnish(world: World): Promise<Furnished> {
  const learner = world.as('sunita');
  await testOfWriting(world);
  // Two hours ago, so that the pause before the next attempt is over.
  const now = world.clock.now();
  world.clock.set(new Date(now.getTime() - 2 * 3_600_000));
  const taken = await takenTest(world);
  world.clock.set(now);
  const marked = await writtenAnswer(world, 'sunita');
  const waiting = await writtenAnswer(world, 'imran');
  const mark = { criteria: ['r1', 'r2'], note: 'दोनों बातें आईं।' };
  await markAnswer(world.as('author'), { paperId: marked, place: 0 }, mark);
  await rateCourse(learner, 'written', { stars: 4, words: 'उदाहरण काम के हैं।' });
  const { paperId: open } = await begin(world, 'sunita', 'cyber-safe-office');
  await keepCourse(learner, 'gem-procurement');
  const { assignmentId: assignment } = await assignCourse(world.as('anita'), {
    ...{ courseCode: 'cyber-hygiene', officeCode: 'SW-BBK', target: 'posts', serviceGroup: 'C' },
    reason: 'जन-सुनवाई से पहले',
  });
  await createCollection(world.as('author'), {
    ...{ code: 'first-month', titleHi: 'पहला महीना', titleEn: 'First month', state: 'published' },
    courses: ['cyber-hygiene', 'citizen-counter'],
  });
  const note = 'दो वर्ष से जन-सुनवाई में';
  await declareCompetency(learner, { competency: 'communication', level: 3, note });
  return { taken, open, marked, waiting, assignment };
}

async function begin(world: World, key: string, courseCode: string) {
  const ctx = world.as(key);
  const { enrolment } = await enrolLearner(ctx, { courseCode });
  const { view } = await enrolmentDetail(ctx, enrolment.id);
  const lessonId = view.lessons.find((lesson) => lesson.kind === 'quiz')?.id ?? '';
  return { ctx, ...(await beginPaper(ctx, { enrolmentId: enrolment.id, lessonId })) };
}

async function takenTest(world: World): Promise<string> {
  const { ctx, paperId } = await begin(world, 'sunita', 'cyber-safe-office');
  const keys = await keysOfPaper(ctx, { paperId, personId: world.personId('sunita') });
  for (const [place, answer] of keys.entries())
    if (place % 3) await saveAnswer(ctx, { paperId, place, answer });
  await submitPaper(ctx, paperId);
  return paperId;
}

async function writtenAnswer(world: World, key: string): Promise<string> {
  const { ctx, paperId } = await begin(world, key, 'written');
  await saveAnswer(ctx, { paperId, place: 0, answer: 'पहले शिकायत सुनूँगी, फिर लिखूँगी।' });
  await submitPaper(ctx, paperId);
  return paperId;
}

/** A bank, a blueprint and a course with one short answer that a person marks. */
async function testOfWriting(world: World): Promise<void> {
  const author = world.as('author');
  const title = { hi: 'लिखित उत्तर', en: 'Written answer' };
  await createBank(author, bankInput.parse({ code: 'written', title }));
  const rubric = [
    { code: 'r1', text: { hi: 'सुनना', en: 'Listens' }, share: 0.5 },
    { code: 'r2', text: { hi: 'लिखना', en: 'Writes down' }, share: 0.5 },
  ];
  const text = { hi: 'शिकायत आने पर क्या करेंगे?', en: 'A complaint comes in. What do you do?' };
  const content = { ...{ code: 'q', kind: 'short' as const, text, points: 4 }, rubric, maxWords: 100 };
  await addQuestions(author, 'written', [{ tags: [], difficulty: 2, content }]);
  const rules = { sections: [{ parts: [{ bank: 'written', count: 1 }] }], passShare: 0.5 };
  await createBlueprint(author, blueprintInput.parse({ code: 'written', title, rules }));
  const lessons = [{ code: 'test', kind: 'quiz', title, quiz: { blueprint: 'written' } }];
  await createCourse(author, courseInput.parse({ code: 'written', title, lessons }));
  await publishCourse(author, 'written');
}
