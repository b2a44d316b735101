import { partInput } from './schema.ts';

/** Invented institutes and what they teach: two of the five programmes lack a part, and one is old. */
export const institutes = [
  {
    parentCode: 'SW-DIR',
    code: 'SW-TRG',
    nameHi: 'समाज कल्याण प्रशिक्षण संस्थान, लखनऊ',
    nameEn: 'Social Welfare Training Institute, Lucknow',
    kind: 'institution',
  },
  {
    parentCode: 'SW-JHS',
    code: 'SW-JHS-TRG',
    nameHi: 'क्षेत्रीय प्रशिक्षण केन्द्र, झाँसी',
    nameEn: 'Regional Training Centre, Jhansi',
    kind: 'institution',
  },
] as const;

const part = (title: string, hours: number, ...tags: string[]) =>
  partInput.parse({ title, hours, ...(tags.length > 0 ? { tags } : {}) });
const course = (code: string) => partInput.parse({ course: code });

/** `daysAgo`: put in force; `revisedDaysAgo`: last gone through. */
export const programmes = [
  {
    code: 'SW-IND',
    officeCode: 'SW-TRG',
    titleHi: 'नवनियुक्त कार्मिकों का प्रवेश प्रशिक्षण',
    titleEn: 'Induction of new staff',
    isInduction: true,
    daysAgo: 250,
    revisedDaysAgo: 300,
    parts: [
      part('आचरण नियमावली और कार्यालय पद्धति', 12),
      course('ai-safe-office'),
      course('cyber-hygiene'),
      part('क्षेत्र भ्रमण', 6),
    ],
  },
  {
    code: 'SW-OFC',
    officeCode: 'SW-TRG',
    titleHi: 'नोटिंग, प्रारूपण और ई-ऑफ़िस',
    titleEn: 'Noting, drafting and e-Office',
    isInduction: false,
    daysAgo: 160,
    revisedDaysAgo: 170,
    parts: [part('नोटिंग और प्रारूपण', 8), part('AI से प्रारूप की जाँच', 2, 'ai'), course('cyber-hygiene')],
  },
  {
    code: 'SW-HST',
    officeCode: 'SW-TRG',
    titleHi: 'छात्रावास प्रबन्धन',
    titleEn: 'Running a hostel',
    isInduction: false,
    daysAgo: 220,
    revisedDaysAgo: 400,
    parts: [part('भोजन, स्वास्थ्य और सुरक्षा', 10), part('AI से उपस्थिति', 1, 'ai')],
  },
  {
    code: 'JHS-PEN',
    officeCode: 'SW-JHS-TRG',
    titleHi: 'पेंशन और छात्रवृत्ति प्रकरण',
    titleEn: 'Pension and scholarship cases',
    isInduction: false,
    daysAgo: 240,
    revisedDaysAgo: 1500,
    parts: [part('पेंशन प्रकरण', 6), part('छात्रवृत्ति पोर्टल', 4)],
  },
  {
    code: 'JHS-CIT',
    officeCode: 'SW-JHS-TRG',
    titleHi: 'जन-सुनवाई और नागरिक सेवा',
    titleEn: 'Public grievances and service to citizens',
    isInduction: false,
    daysAgo: 70,
    revisedDaysAgo: 90,
    parts: [
      course('citizen-counter'),
      part('शिकायत निस्तारण में AI', 2, 'ai'),
      part('नागरिक के डेटा की सुरक्षा', 2, 'cyber'),
    ],
  },
];
