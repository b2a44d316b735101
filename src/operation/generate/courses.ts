import { sql } from 'kysely';
import { type Random, seededRandom } from '../../../demo/department/random.ts';
import type { Tx } from '../../kernel/db.ts';
import { searchDocument } from '../../kernel/text/index.ts';
import { idOf } from './offices.ts';

type Words = readonly [hi: string, en: string, ...tags: string[]];

const topics: readonly Words[] = [
  ['कृत्रिम बुद्धिमत्ता', 'Artificial Intelligence', 'ai'],
  ['साइबर सुरक्षा', 'Cyber Security', 'cyber'],
  ['सूचना का अधिकार', 'Right to Information', 'rti'],
  ['सार्वजनिक क्रय', 'Public Procurement', 'procurement'],
  ['वित्तीय नियम', 'Financial Rules', 'finance'],
  ['कार्यालय प्रबंधन', 'Office Management', 'office'],
  ['जन शिकायत निवारण', 'Grievance Redressal', 'grievance'],
  ['आपदा प्रबंधन', 'Disaster Management', 'disaster'],
  ['डेटा संरक्षण', 'Data Protection', 'cyber', 'data'],
  ['पोषण एवं स्वास्थ्य', 'Nutrition and Health', 'health'],
  ['महिला सुरक्षा', 'Safety of Women', 'women'],
  ['नेतृत्व', 'Leadership', 'leadership'],
  ['समय प्रबंधन', 'Time Management', 'office'],
  ['तनाव प्रबंधन', 'Stress Management', 'wellbeing'],
  ['ई-ऑफ़िस', 'e-Office', 'office', 'data'],
  ['आचरण नियमावली', 'Conduct Rules', 'conduct'],
  ['परियोजना प्रबंधन', 'Project Management', 'projects'],
  ['ग्रामीण विकास', 'Rural Development', 'rural'],
  ['नगरीय नियोजन', 'Urban Planning', 'urban'],
  ['जल संरक्षण', 'Water Conservation', 'water'],
];
const aspects: readonly Words[] = [
  ['परिचय', 'An Introduction'],
  ['मूल बातें', 'The Basics'],
  ['व्यवहार में', 'In Practice'],
  ['प्रशिक्षण', 'Training'],
  ['कार्यशाला', 'Workshop'],
  ['क्षेत्रीय कार्मिकों के लिए', 'For Field Staff', 'field'],
  ['अधिकारियों के लिए', 'For Officers', 'leadership'],
  ['उदाहरण', 'Case Studies'],
];

/** Beside a topic each makes a provider, made up as all here is. */
const houses = ['Academy', 'Institute', 'Centre', 'College'] as const;

type Course = {
  n: number;
  id: string;
  versionId: string;
  code: string;
  titleHi: string;
  titleEn: string;
  provider: string;
  tags: string[];
  minutes: number;
  search: string;
};

/** Imported courses (listed and counted, not played), and `gen_course` for the completions. */
export async function addCourses(
  tx: Tx,
  order: { courses: number; seed: number; day: string },
): Promise<void> {
  await sql`create temporary table gen_course (n integer primary key, course_id uuid, course_version_id uuid,
    minutes integer) on commit drop`.execute(tx);
  const random = seededRandom(order.seed);
  const made = Array.from({ length: order.courses }, (_, n) => courseOf(n, order.seed, random));
  for (let at = 0; at < made.length; at += 1000)
    await insertCourses(tx, made.slice(at, at + 1000), order.day);
}

function courseOf(n: number, seed: number, random: Random): Course {
  const topic = topics[n % topics.length] ?? random.pick(topics);
  const aspect = aspects[Math.floor(n / topics.length) % aspects.length] ?? random.pick(aspects);
  const part = Math.floor(n / (topics.length * aspects.length)) + 1;
  const code = `GENC-${String(n + 1).padStart(5, '0')}`;
  const titleHi = `${topic[0]}: ${aspect[0]} ${part}`;
  const titleEn = `${topic[1]}: ${aspect[1]} ${part}`;
  const [, , ...tags] = [...topic, ...aspect.slice(2)];
  // A course in three is by one house for everything.
  const provider =
    n % 3 === 0 ? 'Training Directorate' : `${houses[Math.floor(n / 7) % houses.length]} for ${topic[1]}`;
  return {
    n,
    id: idOf(`course ${seed} ${n}`, n),
    versionId: idOf(`version ${seed} ${n}`, n),
    code,
    titleHi,
    titleEn,
    provider,
    tags: [...new Set(tags)],
    minutes: 15 * random.between(1, 5),
    search: searchDocument([code, titleHi, titleEn, ...tags]),
  };
}

async function insertCourses(tx: Tx, courses: Course[], day: string): Promise<void> {
  await sql`with made as (
      select * from json_to_recordset(${JSON.stringify(courses)}::json) as m (n int, id uuid, "versionId" uuid,
        code text, "titleHi" text, "titleEn" text, provider text, tags json, minutes int, search text)
    ), course_made as (
      insert into course (course_id, code, title_hi, title_en, provider, tags, languages, state, current_version_id,
        search_text, published_at)
      select id, code, "titleHi", "titleEn", provider, array(select json_array_elements_text(tags)), '{hi,en}',
        'published', "versionId", search, ${day}::date from made
    ), version_made as (
      insert into course_version (course_version_id, course_id, number, state, duration_minutes, in_force_from, published_at)
      select "versionId", id, 1, 'published', minutes, ${day}::date, ${day}::date from made
    )
    insert into gen_course (n, course_id, course_version_id, minutes) select n, id, "versionId", minutes from made`.execute(
    tx,
  );
}
