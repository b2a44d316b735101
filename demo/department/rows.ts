import type { FileRow } from '../department.ts';
import type { GoldenCourse } from './courses.ts';
import type { Learnt } from './learning.ts';
import type { GoldenOffice } from './offices.ts';
import type { GoldenPerson } from './people.ts';
import type { Random } from './random.ts';

export function officeRows(offices: GoldenOffice[]): FileRow[] {
  // Children before parents too: the order of rows means nothing.
  return offices.toReversed().map((office) => ({
    office_code: office.code,
    name_hi: office.nameHi,
    name_en: office.nameEn,
    parent_code: office.parent,
    kind: office.kind,
    area_code: office.area,
    strength: office.strength > 0 ? String(office.strength) : '',
  }));
}

export function courseRows(courses: GoldenCourse[]): FileRow[] {
  return courses.map((course) => ({
    course_code: course.code,
    title_hi: course.titleHi,
    title_en: course.titleEn,
    duration_minutes: String(course.minutes),
    language: 'hi',
    tags: course.tags,
    provider: 'iGOT Karmayogi',
  }));
}

const groupHi: Record<string, string> = { A: 'क', B: 'ख', C: 'ग', D: 'घ' };
const engagementHi: Record<string, string> = {
  permanent: 'नियमित',
  contract: 'संविदा',
  outsourced: 'आउटसोर्स',
};

export function rosterRows(random: Random, people: GoldenPerson[]): FileRow[] {
  const rows = people.flatMap((person) =>
    person.postings.map((posting) => ({
      employee_code: person.code,
      name_hi: person.nameHi,
      name_en: person.nameEn,
      mobile: person.mobile,
      email: person.email,
      office_code: posting.office,
      designation: posting.designation,
      group: groupHi[posting.group] ?? '',
      cadre: person.cadre,
      engagement: engagementHi[posting.engagement] ?? posting.engagement,
      posting_kind: posting.kind,
      posted_on: dayMonthYear(posting.postedOn),
      posted_until: posting.postedUntil ? dayMonthYear(posting.postedUntil) : '',
      end_reason: posting.endReason ?? '',
      joined_on: person.joinedOn,
    })),
  );
  return random.shuffle(rows);
}

export function completionRows(random: Random, people: GoldenPerson[], learnt: Learnt[]): FileRow[] {
  const numbers = new Map(people.map((person, index) => [person, index]));
  const rows = learnt.map(({ person, course, day, isFirst }, index) => {
    const byMobile = person.isMobileOwn && random.chance(0.05);
    const number = `IGOT-${String(numbers.get(person)).padStart(5, '0')}-${course.code}-${index}`;
    return {
      employee_code: byMobile ? '' : person.code,
      mobile: byMobile ? person.mobile : '',
      course_code: course.code,
      completed_on: random.chance(0.3) ? dayMonthYear(day) : day,
      source: 'iGOT Karmayogi',
      certificate_no: isFirst && random.chance(0.4) ? number : '',
    };
  });
  const repeated = random.shuffle(rows).slice(0, 150);
  return random.shuffle([...rows, ...repeated]);
}

function dayMonthYear(day: string): string {
  return day.split('-').reverse().join('-');
}
