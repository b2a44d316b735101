import { cast } from '../cast.ts';
import { directoratePosts, districtPosts, familyNames, givenNames, schoolPosts } from './names.ts';
import type { GoldenOffice } from './offices.ts';
import type { Random } from './random.ts';

export type GoldenPosting = {
  office: string;
  designation: string;
  group: string;
  engagement: string;
  kind: 'regular' | 'additional_charge' | 'deputation';
  postedOn: string;
  postedUntil?: string;
  endReason?: string;
};

export type GoldenPerson = {
  code: string;
  nameHi: string;
  nameEn: string;
  mobile: string;
  email: string;
  cadre: string;
  joinedOn: string;
  /** Whether nobody else has this mobile, so that a completion may name the person by it. */
  isMobileOwn: boolean;
  /** In the department on the day of the published figures; the others had left before. */
  isMember: boolean;
  postings: GoldenPosting[];
};

const members = 3900;
const leavers = 36;

export function goldenPeople(random: Random, offices: GoldenOffice[]): GoldenPerson[] {
  const own = offices.filter((office) => office.code.startsWith('SW'));
  const fromCast = cast.filter((person) => person.code.startsWith('SW')).map(fromCastMember);
  const places = placesOf(random, own);
  const made = Array.from({ length: members - fromCast.length + leavers }, (_, index) =>
    makePerson(random, index, random.pick(places)),
  );
  const people = [...fromCast, ...made];
  for (const [index, person] of people.entries()) {
    if (index < fromCast.length) continue;
    if (index >= members) leave(random, person);
    else if (index % 65 === 0) transfer(random, person, own);
    else if (index % 90 === 1) addPosting(random, person, { own, kind: 'additional_charge' });
    else if (index % 390 === 2) addPosting(random, person, { own, kind: 'deputation' });
    if (index % 190 === 3) shareMobile(person, people[index - 1]);
  }
  return people;
}

function fromCastMember(person: (typeof cast)[number]): GoldenPerson {
  const { office, designation, group, engagement, postedOn } = person;
  return {
    code: person.code,
    nameHi: person.nameHi,
    nameEn: person.nameEn,
    mobile: person.mobile,
    email: person.email ?? '',
    cadre: person.cadre ?? '',
    joinedOn: person.joinedOn,
    isMobileOwn: true,
    isMember: true,
    postings: [{ office, designation, group: group ?? '', engagement, kind: 'regular', postedOn }],
  };
}

/** Each office as often as it has posts: district offices differ in size, the directorate is large. */
function placesOf(random: Random, own: GoldenOffice[]): GoldenOffice[] {
  return own.flatMap((office) => {
    if (office.code === 'SW') return Array.from({ length: 6 }, () => office);
    if (office.code === 'SW-DIR') return Array.from({ length: 52 }, () => office);
    const size = office.kind === 'institution' ? random.between(14, 26) : random.between(22, 58);
    return Array.from({ length: size }, () => office);
  });
}

function makePerson(random: Random, index: number, office: GoldenOffice): GoldenPerson {
  const given = random.pick(givenNames);
  const family = random.pick(familyNames);
  const joinedOn = `${random.between(1992, 2023)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`;
  const postedOn = laterOf(
    joinedOn,
    `${random.between(2016, 2024)}-${two(random.between(4, 7))}-${two(random.between(1, 28))}`,
  );
  const post = postAt(random, office);
  return {
    code: `SW${String(30_001 + index)}`,
    nameHi: `${given[0]} ${family[0]}`,
    nameEn: `${given[1]} ${family[1]}`,
    mobile: String(9_100_000_000 + index * 137),
    email: random.chance(0.15) ? `sw${30_001 + index}@example.in` : '',
    cadre: post.designation.includes('समाज कल्याण') ? 'समाज कल्याण पर्यवेक्षक' : '',
    joinedOn,
    isMobileOwn: true,
    isMember: true,
    postings: [{ office: office.code, ...post, kind: 'regular', postedOn }],
  };
}

function postAt(
  random: Random,
  office: GoldenOffice,
): Pick<GoldenPosting, 'designation' | 'group' | 'engagement'> {
  const posts =
    office.kind === 'institution'
      ? schoolPosts
      : office.kind === 'district'
        ? districtPosts
        : directoratePosts;
  let left = random.int(100);
  const post =
    posts.find(({ weight }) => {
      left -= weight;
      return left < 0;
    }) ?? posts[0];
  if (!post) throw new Error('an office without posts');
  return { designation: post.designation, group: post.group, engagement: post.engagement };
}

const reasons = ['retired', 'retired', 'retired', 'contract_ended', 'died', 'transferred', 'other'] as const;

function leave(random: Random, person: GoldenPerson): void {
  person.isMember = false;
  const [posting] = person.postings;
  if (!posting) return;
  posting.postedUntil = `2025-${two(random.between(1, 8))}-${two(random.between(1, 28))}`;
  posting.endReason = random.pick(reasons);
}

/** A first posting that ended, and the present one from the day after. */
function transfer(random: Random, person: GoldenPerson, own: GoldenOffice[]): void {
  const [present] = person.postings;
  if (!present) return;
  const former = random.pick(own.filter((office) => office.code !== present.office));
  const until = `2025-0${random.between(1, 6)}-${two(random.between(10, 28))}`;
  const day = new Date(`${until}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  person.postings.unshift({ ...present, office: former.code, postedUntil: until, endReason: 'transferred' });
  present.postedOn = day.toISOString().slice(0, 10);
}

function addPosting(
  random: Random,
  person: GoldenPerson,
  { own, kind }: { own: GoldenOffice[]; kind: 'additional_charge' | 'deputation' },
): void {
  const [present] = person.postings;
  if (!present) return;
  const others = own.filter((office) => office.code !== present.office);
  const office = kind === 'deputation' ? 'SW-DIR' : random.pick(others).code;
  if (office === present.office) return;
  person.postings.push({ ...present, office, kind, postedOn: laterOf(present.postedOn, '2024-11-04') });
}

function shareMobile(person: GoldenPerson, other: GoldenPerson | undefined): void {
  if (!other) return;
  person.mobile = other.mobile;
  person.isMobileOwn = false;
  other.isMobileOwn = false;
}

function laterOf(one: string, other: string): string {
  return one > other ? one : other;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
