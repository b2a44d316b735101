import { type Random, seededRandom } from '../../../../demo/department/random.ts';
import type { Crew } from './crews.ts';
import { type Department, departmentsFor } from './departments.ts';
import { type Ground, groundsOf, type Place } from './ground.ts';

/** An office to be made. `name` are its words without the place, `place` where it stands. */
export type PlannedOffice = {
  n: number;
  parent: PlannedOffice | undefined;
  children: PlannedOffice[];
  kind: string;
  name: { hi: string; en: string };
  /** Tells institutions of one place apart. */
  serial?: number;
  place: Place;
  isPlaceNamed: boolean;
  crew: Crew;
  /** How many people work here, relative to the others. */
  people: number;
  /** How much is learnt here, in per cent of the usual. */
  zeal: number;
  /** Days after the first of all on which accounts were opened here. */
  opensAfterDays: number;
};

type Draft = Pick<PlannedOffice, 'kind' | 'name' | 'place'> & Partial<PlannedOffice>;

/** How many people an office of a level has, where its department has enough of them. */
const usualSize: Readonly<Record<string, number>> = {
  department: 60,
  directorate: 150,
  division: 25,
  district: 35,
  block: 18,
};
const fewestWithDivisions = 2000;
const largestState = 100_000;
const openingDays = 150;

/**
 * The offices of a government of India's shape: one state (Uttar Pradesh), or all of them under one root. Parents
 * come before children and every office before its next sibling, so that an office and all below it are neighbours.
 */
export function planOffices(
  order: { offices: number; people: number; seed: number },
  places: readonly Place[],
): PlannedOffice[] {
  const maker = new Maker(seededRandom(order.seed), order);
  const [first, ...others] = groundsOf(places);
  if (!first) throw new Error('The reference areas are missing: run `daksh migrate`.');
  if (order.offices <= largestState) {
    fillGovernment(maker, maker.root(governmentOf(first.state)), first);
    return numbered(maker);
  }
  const country = places.find((place) => place.kind === 'country') ?? first.state;
  const root = maker.root({
    kind: 'government',
    name: { hi: 'भारत (काल्पनिक)', en: 'India (Imaginary)' },
    place: country,
  });
  fillNation(maker, root, [first, ...others]);
  return numbered(maker);
}

/** Each state has offices by the number of its districts. */
function fillNation(maker: Maker, root: PlannedOffice, grounds: Ground[]): void {
  const all = grounds.reduce((sum, ground) => sum + ground.districts.length, 0);
  const total = maker.left;
  let passed = 0;
  for (const ground of grounds) {
    passed += ground.districts.length;
    const leave = total - Math.round((total * passed) / all);
    const government = maker.add(root, governmentOf(ground.state));
    if (government) maker.keepingBack(leave, () => fillGovernment(maker, government, ground));
  }
}

function governmentOf(state: Place): Draft {
  const name = {
    hi: `${state.nameHi ?? state.nameEn} शासन (काल्पनिक)`,
    en: `Government of ${state.nameEn} (Imaginary)`,
  };
  return { kind: 'government', name, place: state };
}

type Seat = {
  department: Department;
  top: PlannedOffice;
  districts: PlannedOffice[];
  below: PlannedOffice[];
};

function fillGovernment(maker: Maker, government: PlannedOffice, ground: Ground): void {
  const offices = maker.left;
  const departments = departmentsFor(offices, ground.districts.length);
  const seats = departments.flatMap((department) => seatOf(maker, government, department));
  const hasDivisions = offices >= fewestWithDivisions && ground.divisions.length > 0;
  const zeals = new Map(ground.districts.map((district) => [district.areaId, maker.random.between(55, 145)]));
  for (const seat of seats)
    addDistricts(maker, seat, { ...ground, divisions: hasDivisions ? ground.divisions : [], zeals });
  for (const seat of seats) addBelow(maker, seat, ground);
  addInstitutions(maker, seats);
  const all = seats.reduce((sum, seat) => sum + seat.department.people, 0);
  const people = maker.peopleAnOffice * (offices + 1);
  for (const seat of seats) spreadPeople(seat, (people * seat.department.people) / all);
}

function seatOf(maker: Maker, government: PlannedOffice, department: Department): Seat[] {
  const { hi, en, zeal } = department;
  const place = government.place;
  const opensAfterDays = maker.random.int(openingDays);
  const head = { kind: 'department', name: { hi: `${hi} विभाग`, en: `${en} Department` }, place };
  const office = maker.add(government, { ...head, crew: 'secretariat', zeal, opensAfterDays });
  const directorate = {
    kind: 'directorate',
    name: { hi: `${hi} निदेशालय`, en: `Directorate of ${en}` },
    place,
  };
  const top = office && maker.add(office, { ...directorate, crew: 'office' });
  return top ? [{ department, top, districts: [], below: [] }] : [];
}

function addDistricts(
  maker: Maker,
  seat: Seat,
  ground: Omit<Ground, 'below'> & { zeals: Map<string, number> },
): void {
  const { hi, en } = seat.department;
  const divisions = new Map(
    ground.divisions.map((place) => {
      const name = { hi: `मंडल कार्यालय (${hi})`, en: `Division Office (${en})` };
      return [
        place.areaId,
        maker.add(seat.top, { kind: 'division', name, place, isPlaceNamed: true, crew: 'office' }),
      ];
    }),
  );
  for (const place of ground.districts) {
    const name = { hi: `जनपद कार्यालय (${hi})`, en: `District Office (${en})` };
    const parent = divisions.get(place.parentId ?? '') ?? seat.top;
    const zeal = (seat.department.zeal * (ground.zeals.get(place.areaId) ?? 100)) / 100;
    const opensAfterDays = parent.opensAfterDays + maker.random.int(40);
    const draft = {
      kind: 'district',
      name,
      place,
      isPlaceNamed: true,
      crew: 'office' as const,
      zeal,
      opensAfterDays,
    };
    const office = maker.add(parent, draft);
    if (office) seat.districts.push(office);
  }
}

const belowWords = {
  block: ['विकासखंड कार्यालय', 'Block Office'],
  tehsil: ['तहसील कार्यालय', 'Tehsil Office'],
  urban_body: ['नगर निकाय', 'Urban Body'],
} as const;

function addBelow(maker: Maker, seat: Seat, ground: Ground): void {
  const { below, crew, hi, en } = seat.department;
  if (!below) return;
  const [wordHi, wordEn] = belowWords[below];
  const name = { hi: `${wordHi} (${hi})`, en: `${wordEn} (${en})` };
  for (const district of seat.districts)
    for (const place of ground.below(below, district.place)) {
      const office = maker.add(district, { kind: 'block', name, place, isPlaceNamed: true, crew });
      if (office) seat.below.push(office);
    }
}

/** Whatever is left of the offices are institutions. */
function addInstitutions(maker: Maker, seats: Seat[]): void {
  const total = maker.left;
  const all = seats.reduce((sum, seat) => sum + (seat.department.institution?.many ?? 0), 0);
  let passed = 0;
  for (const seat of seats) {
    const { institution, crew } = seat.department;
    if (!institution) continue;
    const before = Math.round((total * passed) / all);
    passed += institution.many;
    const many = Math.round((total * passed) / all) - before;
    const parents = [seat.below, seat.districts, [seat.top]].find((some) => some.length > 0) ?? [];
    for (let at = 0; at < many; at += 1) {
      const parent = parents[at % parents.length] ?? seat.top;
      const serial = Math.floor(at / parents.length) + 1;
      const name = { hi: institution.hi, en: institution.en };
      maker.add(parent, { kind: 'institution', name, serial, place: parent.place, isPlaceNamed: true, crew });
    }
  }
}

/** Few offices are large and many small; institutions take whom a department's other offices have no room for. */
function spreadPeople(seat: Seat, people: number): void {
  const offices = [...(seat.top.parent ? [seat.top.parent] : []), ...descendants(seat.top)];
  const institutions = offices.filter((office) => office.kind === 'institution').length;
  const desks = offices.reduce((sum, office) => sum + (usualSize[office.kind] ?? 0), 0);
  const isFull = institutions === 0 || people < desks * 1.2;
  for (const office of offices) {
    const isInstitution = office.kind === 'institution';
    const usual = isInstitution
      ? people / institutions / 6
      : (usualSize[office.kind] ?? 0) * (people / desks);
    const roomy = isInstitution ? (people - desks) / institutions : (usualSize[office.kind] ?? 0);
    office.people *= isFull ? usual : roomy;
  }
}

function descendants(office: PlannedOffice): PlannedOffice[] {
  return [office, ...office.children.flatMap(descendants)];
}

/** Adds offices until there are as many as wanted. */
class Maker {
  readonly random: Random;
  readonly peopleAnOffice: number;
  left: number;
  #root: PlannedOffice | undefined;

  constructor(random: Random, order: { offices: number; people: number }) {
    this.random = random;
    this.left = order.offices;
    this.peopleAnOffice = order.people / order.offices;
  }

  root(draft: Draft): PlannedOffice {
    this.left -= 1;
    this.#root = { ...rootDefaults, people: 0, children: [], ...draft };
    return this.#root;
  }

  add(parent: PlannedOffice, draft: Draft): PlannedOffice | undefined {
    if (this.left <= 0) return undefined;
    this.left -= 1;
    const { zeal, opensAfterDays, crew } = parent;
    // Few are large and many small.
    const people = this.random.between(25, 100) ** 2 / 4300;
    const office = { ...rootDefaults, zeal, opensAfterDays, crew, people, ...draft, parent, children: [] };
    parent.children.push(office);
    return office;
  }

  /** Does some work that leaves so many offices for later. */
  keepingBack(offices: number, work: () => void): void {
    this.left -= offices;
    work();
    this.left += offices;
  }

  get all(): PlannedOffice[] {
    return this.#root ? descendants(this.#root) : [];
  }
}

const rootDefaults = {
  n: 0,
  parent: undefined,
  isPlaceNamed: false,
  crew: 'secretariat' as const,
  zeal: 100,
  opensAfterDays: 0,
};

function numbered(maker: Maker): PlannedOffice[] {
  const all = maker.all;
  for (const [n, office] of all.entries()) office.n = n;
  return all;
}
