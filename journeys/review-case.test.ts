import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { courseInput, createCourse, publishCourse } from '../src/catalogue/index.ts';
import { enrolLearner } from '../src/learning/index.ts';
import { reportEngagement } from '../src/learning/report-engagement.ts';
import { assertSound, openHouse, signIn } from './harness.ts';

const house = await openHouse();
after(() => house.close());

async function claimTooMuch(key: string): Promise<void> {
  const { world } = house;
  const lesson = { code: 'l1', kind: 'text', title: 'पाठ', body: 'पाठ', minimumSeconds: 50_000 };
  await createCourse(
    world.system,
    courseInput.parse({ code: 'long', title: { hi: 'लंबा कोर्स' }, lessons: [lesson] }),
  );
  await publishCourse(world.system, 'long');
  const { enrolment } = await enrolLearner(world.as(key), { courseCode: 'long' });
  const at = { enrolmentId: enrolment.id, lessonId: enrolment.lessons[0]?.id ?? '' };
  await reportEngagement(world.as(key), { ...at, seconds: 0 });
  world.clock.set(new Date(world.clock.now().getTime() + 20_000));
  await reportEngagement(world.as(key), { ...at, seconds: 40_000 });
}

test('a learner finds the question on the home, answers it, and reads what the nodal officer decided', async () => {
  await claimTooMuch('sunita');
  const learner = await house.visit({ width: 360 });
  await signIn(learner, 'sunita');
  await learner.goto('/');
  await learner.locator('main a[href^="/review-cases/"]').first().click();
  await assertSound(learner);
  await learner.fill('textarea[name=text]', 'फ़ोन की घड़ी गड़बड़ थी।');
  await learner.locator('form[action$="/answers"] button').click();
  await assertSound(learner);
  const address = learner.url();
  const officer = await house.visit({ width: 1280, language: 'en' });
  await signIn(officer, 'ramesh');
  await officer.goto('/office/review-cases');
  await assertSound(officer);
  await officer.locator('main a[href^="/office/review-cases/"]').first().click();
  await officer.locator('form[action$="/decision"] button').click();
  assert.ok(
    (await officer.locator('.error-summary, [role=alert]').count()) > 0,
    'a decision needs its reason',
  );
  await assertSound(officer);
  await officer.locator('[name=decision][value=cleared]').check();
  await officer.fill('textarea[name=reason]', 'The phone was replaced, the matter is clear.');
  await officer.locator('form[action$="/decision"] button').click();
  await learner.goto(address);
  assert.match((await learner.locator('main').textContent()) ?? '', /बात स्पष्ट हुई/);
  await assertSound(learner);
});
