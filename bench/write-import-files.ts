import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

// Writes offices.csv, courses.csv, roster.csv and completions.csv of a stated size, for measuring the imports:
// node --import tsx bench/write-import-files.ts FOLDER [PEOPLE]

const [folder = '/tmp/daksh-import-files', people = '1880000'] = process.argv.slice(2);
const size = { people: Number(people), offices: Math.max(10, Math.round(Number(people) / 31)), courses: 400 };
const given = [
  'सुनीता',
  'रमेश',
  'अनीता',
  'विजय',
  'मीरा',
  'इमरान',
  'पुष्पा',
  'कमला',
  'गीता',
  'शबाना',
  'नेहा',
  'जोसेफ़',
];
const family = [
  'वर्मा',
  'चन्द्र',
  'सिंह',
  'प्रताप',
  'कृष्णन',
  'ख़ान',
  'यादव',
  'देवी',
  'परवीन',
  'गुप्ता',
  'मैथ्यू',
  'मिश्रा',
];
const designations = [
  'सहायक अध्यापक',
  'कनिष्ठ सहायक',
  'लेखपाल',
  'आरक्षी',
  'आशा कार्यकर्त्री',
  'पर्यवेक्षक',
  'अवर अभियंता',
];
const groups = ['क', 'ख', 'ग', 'घ'];
const engagements = ['नियमित', 'संविदा', 'मानदेय', 'permanent'];

const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
const day = (n: number) => new Date(Date.UTC(2010, 0, 1 + (n % 5400))).toISOString().slice(0, 10);

function* offices(): Generator<string> {
  yield 'office_code,name_hi,name_en,parent_code,kind,area_code\n';
  yield 'R,राज्य शासन,State,,government,\n';
  for (let n = 1; n < size.offices; n += 1) {
    const parent = n < 90 ? 'R' : n < 4000 ? `O${1 + (n % 89)}` : `O${90 + (n % 3900)}`;
    yield `O${n},कार्यालय ${n},Office ${n},${parent === 'R' || Number(parent.slice(1)) < size.offices ? parent : 'R'},office,\n`;
  }
}

function* courses(): Generator<string> {
  yield 'course_code,title_hi,title_en,duration_minutes,tags\n';
  for (let n = 0; n < size.courses; n += 1)
    yield `C${n},पाठ्यक्रम ${n},Course ${n},${15 + (n % 90)},${n % 5 ? '' : 'ai'}\n`;
}

function* roster(): Generator<string> {
  yield 'employee_code,name_hi,name_en,mobile,email,office_code,designation,group,engagement,posted_on,joined_on\n';
  for (let n = 0; n < size.people; n += 1) {
    const name = `${at(given, n)} ${at(family, Math.floor(n / 12))}`;
    const mobile = 6_000_000_000 + ((n * 7919) % 3_900_000_000);
    const email = n % 4 === 0 ? `person${n}@example.in` : '';
    const office = 1 + ((n * 31) % (size.offices - 1));
    yield `EH${n},${name},Person ${n},${mobile},${email},O${office},${at(designations, n)},${at(groups, n)},${at(engagements, n)},${day(n * 13)},${day(n * 7)}\n`;
  }
}

function* completions(): Generator<string> {
  yield 'employee_code,course_code,completed_on,source,certificate_no\n';
  for (let n = 0; n < size.people; n += 1) {
    const person = (n * 17) % size.people;
    yield `EH${person},C${(n * 3) % size.courses},${day(4500 + (n % 900))},iGOT,CERT${n}\n`;
  }
}

function* inBlocks(lines: Iterable<string>): Generator<string> {
  let block = '';
  for (const line of lines) {
    block += line;
    if (block.length > 262_144) {
      yield block;
      block = '';
    }
  }
  yield block;
}

mkdirSync(folder, { recursive: true });
for (const [name, lines] of Object.entries({ offices, courses, roster, completions }))
  await pipeline(Readable.from(inBlocks(lines())), createWriteStream(join(folder, `${name}.csv`)));
