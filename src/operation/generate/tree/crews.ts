/** Who works at a kind of office. */
export type Crew =
  | 'secretariat'
  | 'office'
  | 'school'
  | 'police'
  | 'health'
  | 'nutrition'
  | 'panchayat'
  | 'urban'
  | 'revenue'
  | 'village'
  | 'works';

export type Post = {
  designation: string;
  designationEn: string;
  group: 'A' | 'B' | 'C' | 'D' | null;
  engagement: 'permanent' | 'contract' | 'outsourced' | 'honorary';
  cadre: string | null;
};

/** `weight`: of a hundred people, how many hold it; the first of a crew is held by whoever heads the office. */
type Line = readonly [
  weight: number,
  designation: string,
  designationEn: string,
  group: 'A' | 'B' | 'C' | 'D' | '',
  engagement: Post['engagement'],
  cadre?: string,
];

const clerks: readonly Line[] = [
  [8, 'वरिष्ठ सहायक', 'Senior Assistant', 'C', 'permanent', 'लिपिक संवर्ग'],
  [9, 'कनिष्ठ सहायक', 'Junior Assistant', 'C', 'permanent', 'लिपिक संवर्ग'],
  [8, 'कम्प्यूटर ऑपरेटर', 'Computer Operator', 'C', 'outsourced'],
  [6, 'अनुसेवक', 'Attendant', 'D', 'outsourced'],
];

const crewLines: Readonly<Record<Crew, readonly Line[]>> = {
  secretariat: [
    [4, 'विशेष सचिव', 'Special Secretary', 'A', 'permanent'],
    [9, 'उप सचिव', 'Deputy Secretary', 'A', 'permanent', 'सचिवालय सेवा'],
    [14, 'अनुभाग अधिकारी', 'Section Officer', 'B', 'permanent', 'सचिवालय सेवा'],
    [28, 'समीक्षा अधिकारी', 'Review Officer', 'B', 'permanent', 'सचिवालय सेवा'],
    [14, 'सहायक समीक्षा अधिकारी', 'Assistant Review Officer', 'C', 'permanent', 'सचिवालय सेवा'],
    ...clerks,
  ],
  office: [
    [5, 'जिला अधिकारी (विभागीय)', 'District Officer of the Department', 'A', 'permanent'],
    [14, 'सहायक अधिकारी', 'Assistant Officer', 'B', 'permanent'],
    [30, 'निरीक्षक', 'Inspector', 'C', 'permanent'],
    [20, 'पर्यवेक्षक', 'Supervisor', 'C', 'permanent'],
    ...clerks,
  ],
  school: [
    [8, 'प्रधानाध्यापक', 'Head Teacher', 'B', 'permanent', 'अध्यापक संवर्ग'],
    [52, 'सहायक अध्यापक', 'Assistant Teacher', 'C', 'permanent', 'अध्यापक संवर्ग'],
    [16, 'शिक्षामित्र', 'Shiksha Mitra', '', 'contract'],
    [8, 'अनुदेशक', 'Instructor', '', 'contract'],
    [16, 'रसोइया', 'Cook', '', 'honorary'],
  ],
  police: [
    [4, 'निरीक्षक (पुलिस)', 'Inspector of Police', 'B', 'permanent', 'पुलिस सेवा'],
    [14, 'उप निरीक्षक (पुलिस)', 'Sub-Inspector of Police', 'C', 'permanent', 'पुलिस सेवा'],
    [22, 'मुख्य आरक्षी', 'Head Constable', 'C', 'permanent', 'पुलिस आरक्षी'],
    [54, 'आरक्षी', 'Constable', 'C', 'permanent', 'पुलिस आरक्षी'],
    [6, 'अनुचर', 'Follower', 'D', 'outsourced'],
  ],
  health: [
    [8, 'चिकित्सा अधिकारी', 'Medical Officer', 'A', 'permanent', 'प्रान्तीय चिकित्सा सेवा'],
    [12, 'स्टाफ नर्स', 'Staff Nurse', 'B', 'permanent'],
    [18, 'ए.एन.एम.', 'Auxiliary Nurse Midwife', 'C', 'permanent', 'ए.एन.एम.'],
    [10, 'ए.एन.एम. (संविदा)', 'Auxiliary Nurse Midwife on Contract', 'C', 'contract', 'ए.एन.एम.'],
    [38, 'आशा कार्यकर्त्री', 'ASHA', '', 'honorary', 'आशा'],
    [8, 'फार्मासिस्ट', 'Pharmacist', 'C', 'permanent'],
    [6, 'वार्ड बॉय', 'Ward Attendant', 'D', 'outsourced'],
  ],
  nutrition: [
    [4, 'मुख्य सेविका', 'Supervisor of Anganwadis', 'C', 'permanent'],
    [50, 'आँगनबाड़ी कार्यकर्त्री', 'Anganwadi Worker', '', 'honorary', 'आँगनबाड़ी'],
    [46, 'आँगनबाड़ी सहायिका', 'Anganwadi Helper', '', 'honorary', 'आँगनबाड़ी'],
  ],
  panchayat: [
    [
      6,
      'सहायक विकास अधिकारी (पंचायत)',
      'Assistant Development Officer, Panchayat',
      'C',
      'permanent',
      'पंचायत कर्मी',
    ],
    [24, 'ग्राम पंचायत अधिकारी', 'Gram Panchayat Officer', 'C', 'permanent', 'पंचायत कर्मी'],
    [26, 'पंचायत सहायक', 'Panchayat Assistant', '', 'contract', 'पंचायत कर्मी'],
    [44, 'सफाई कर्मी (ग्राम)', 'Village Sanitation Worker', 'D', 'permanent', 'पंचायत कर्मी'],
  ],
  urban: [
    [3, 'अधिशासी अधिकारी', 'Executive Officer of an Urban Body', 'B', 'permanent', 'नगर निकाय कर्मी'],
    [8, 'सफाई निरीक्षक', 'Sanitation Inspector', 'C', 'permanent', 'नगर निकाय कर्मी'],
    [9, 'कर संग्रहकर्ता', 'Tax Collector of an Urban Body', 'C', 'permanent', 'नगर निकाय कर्मी'],
    [50, 'सफाई कर्मचारी', 'Sanitation Worker', 'D', 'outsourced', 'नगर निकाय कर्मी'],
    ...clerks,
  ],
  revenue: [
    [4, 'उप जिलाधिकारी', 'Sub-Divisional Magistrate', 'A', 'permanent', 'प्रान्तीय सिविल सेवा'],
    [5, 'तहसीलदार', 'Tehsildar', 'B', 'permanent'],
    [7, 'नायब तहसीलदार', 'Naib Tehsildar', 'B', 'permanent'],
    [10, 'राजस्व निरीक्षक', 'Revenue Inspector', 'C', 'permanent', 'राजस्व संवर्ग'],
    [43, 'लेखपाल', 'Lekhpal', 'C', 'permanent', 'राजस्व संवर्ग'],
    ...clerks,
  ],
  village: [
    [5, 'खंड विकास अधिकारी', 'Block Development Officer', 'B', 'permanent'],
    [12, 'सहायक विकास अधिकारी', 'Assistant Development Officer', 'C', 'permanent'],
    [30, 'ग्राम विकास अधिकारी', 'Village Development Officer', 'C', 'permanent'],
    [22, 'तकनीकी सहायक', 'Technical Assistant', '', 'contract'],
    ...clerks,
  ],
  works: [
    [4, 'अधिशासी अभियंता', 'Executive Engineer', 'A', 'permanent', 'अभियंत्रण सेवा'],
    [8, 'सहायक अभियंता', 'Assistant Engineer', 'B', 'permanent', 'अभियंत्रण सेवा'],
    [24, 'अवर अभियंता', 'Junior Engineer', 'C', 'permanent', 'अभियंत्रण सेवा'],
    [33, 'तकनीशियन', 'Technician', 'C', 'outsourced'],
    ...clerks,
  ],
};

/** ANM, ASHA, constables, staff of panchayats and of urban bodies: the Chief Minister's field workers. */
export const fieldCadres: readonly string[] = [
  'ए.एन.एम.',
  'आशा',
  'पुलिस आरक्षी',
  'पंचायत कर्मी',
  'नगर निकाय कर्मी',
];

/** What English pages call the cadres. */
export const cadresInEnglish: Readonly<Record<string, string>> = {
  'ए.एन.एम.': 'ANM',
  आशा: 'ASHA',
  'पुलिस आरक्षी': 'Police Constables',
  'पंचायत कर्मी': 'Panchayat Staff',
  'नगर निकाय कर्मी': 'Urban Body Staff',
  'पुलिस सेवा': 'Police Service',
  'अध्यापक संवर्ग': 'Teachers',
  'अभियंत्रण सेवा': 'Engineering Service',
  'प्रान्तीय चिकित्सा सेवा': 'Provincial Medical Service',
  'प्रान्तीय सिविल सेवा': 'Provincial Civil Service',
  'राजस्व संवर्ग': 'Revenue Cadre',
  'लिपिक संवर्ग': 'Clerical Cadre',
  'सचिवालय सेवा': 'Secretariat Service',
};

export const crews = Object.keys(crewLines) as Crew[];

/** The hundred places of a crew, each with who holds it; the first is the head's. */
export function placesOf(crew: Crew): Post[] {
  const places = crewLines[crew].flatMap(([weight, designation, designationEn, group, engagement, cadre]) => {
    const post = {
      designation,
      designationEn,
      group: group || null,
      engagement,
      cadre: cadre ?? null,
    };
    return Array.from({ length: weight }, () => post);
  });
  return Array.from({ length: 100 }, (_, at) => places[at % places.length]).filter(
    (one) => one !== undefined,
  );
}
