import { castOffices } from '../cast.ts';
import { districts } from './districts.ts';

export type GoldenOffice = {
  code: string;
  nameHi: string;
  nameEn: string;
  parent: string;
  kind: string;
  area: string;
  strength: number;
};

const schoolsIn = [
  'LKN',
  'AGR',
  'VRN',
  'GRK',
  'KNP',
  'MRT',
  'BRL',
  'ALG',
  'PRY',
  'AZM',
  'BST',
  'GND',
  'HRD',
  'SHJ',
  'STP',
  'RBR',
  'UNN',
  'FTH',
  'MRZ',
  'JNP',
  'BND',
  'ETW',
];

/** The government, the department, its directorate, 75 district offices and some schools: about 100. */
export function goldenOffices(): GoldenOffice[] {
  const fromCast = castOffices.filter((office) => office.code === 'UP' || office.code.startsWith('SW'));
  const known = new Set<string>(fromCast.map((office) => office.code));
  const districtOffices = districts
    .map((district) => ({
      code: `SW-${district.code}`,
      nameHi: `जिला समाज कल्याण कार्यालय, ${district.nameHi}`,
      nameEn: `District Social Welfare Office, ${district.nameEn}`,
      parent: 'SW',
      kind: 'district',
      area: district.lgd,
    }))
    .filter((office) => !known.has(office.code));
  const schools = districts
    .filter((district) => schoolsIn.includes(district.code))
    .map((district) => ({
      code: `SW-${district.code}-SCH`,
      nameHi: `राजकीय आश्रम पद्धति विद्यालय, ${district.nameHi}`,
      nameEn: `Government Ashram Paddhati School, ${district.nameEn}`,
      parent: `SW-${district.code}`,
      kind: 'institution',
      area: district.lgd,
    }));
  return [...fromCast, ...districtOffices, ...schools].map((office) => ({ ...office, strength: 0 }));
}

/**
 * Sanctioned posts that fit the people posted in each office and below it: a few vacant everywhere, in fives.
 * Drawn from no random number, so that the people and what they learnt stay as they are.
 */
export function withStrength(offices: GoldenOffice[], posted: readonly string[]): GoldenOffice[] {
  const parents = new Map(offices.map((office) => [office.code, office.parent]));
  const counts = new Map<string, number>();
  for (const code of posted)
    for (let at: string | undefined = code; at; at = parents.get(at))
      counts.set(at, (counts.get(at) ?? 0) + 1);
  return offices.map((office, index) => {
    const count = office.code === 'UP' ? 0 : (counts.get(office.code) ?? 0);
    return { ...office, strength: Math.ceil((count * (1.04 + (index % 7) * 0.02)) / 5) * 5 };
  });
}
