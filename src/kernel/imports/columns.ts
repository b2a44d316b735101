import type { Bilingual, Language } from '../i18n.ts';
import type { ColumnSpec } from '../tabular/index.ts';

/** The columns of all files as people call them; what a file calls them is the business of its kind. */
const words: Readonly<Record<string, Bilingual>> = {
  employee_code: { hi: 'कर्मचारी कोड', en: 'employee code' },
  issuer: { hi: 'कोड जारीकर्ता', en: 'issuer of the code' },
  name: { hi: 'नाम', en: 'name' },
  name_hi: { hi: 'नाम (हिन्दी)', en: 'name (Hindi)' },
  name_en: { hi: 'नाम (अंग्रेज़ी)', en: 'name (English)' },
  mobile: { hi: 'मोबाइल', en: 'mobile' },
  email: { hi: 'ईमेल', en: 'e-mail' },
  office_code: { hi: 'कार्यालय कोड', en: 'office code' },
  designation: { hi: 'पदनाम', en: 'designation' },
  group: { hi: 'समूह', en: 'group' },
  cadre: { hi: 'संवर्ग', en: 'cadre' },
  engagement: { hi: 'नियुक्ति प्रकार', en: 'engagement' },
  posting_kind: { hi: 'पदस्थापन का प्रकार', en: 'kind of posting' },
  posted_on: { hi: 'पदस्थापन तिथि', en: 'posted on' },
  posted_until: { hi: 'पदस्थापन समाप्ति तिथि', en: 'posted until' },
  changed_from: { hi: 'बदलाव की तिथि', en: 'changes on' },
  end_reason: { hi: 'समाप्ति का कारण', en: 'reason of ending' },
  joined_on: { hi: 'कार्यभार ग्रहण तिथि', en: 'joined on' },
  retires_on: { hi: 'सेवानिवृत्ति तिथि', en: 'retires on' },
  controlling_officer: { hi: 'नियंत्रक अधिकारी', en: 'controlling officer' },
  registered_on: { hi: 'पंजीकरण तिथि', en: 'registered on' },
  language: { hi: 'भाषा', en: 'language' },
  parent_code: { hi: 'उच्च कार्यालय कोड', en: 'parent office code' },
  kind: { hi: 'प्रकार', en: 'kind' },
  area_code: { hi: 'क्षेत्र कोड', en: 'area code' },
  strength: { hi: 'स्वीकृत पद', en: 'sanctioned posts' },
  from: { hi: 'प्रारंभ तिथि', en: 'from' },
  to: { hi: 'समाप्ति तिथि', en: 'to' },
  course_code: { hi: 'कोर्स कोड', en: 'course code' },
  title_hi: { hi: 'शीर्षक (हिन्दी)', en: 'title (Hindi)' },
  title_en: { hi: 'शीर्षक (अंग्रेज़ी)', en: 'title (English)' },
  duration_minutes: { hi: 'अवधि (मिनट)', en: 'duration (minutes)' },
  tags: { hi: 'टैग', en: 'tags' },
  competencies: { hi: 'दक्षताएँ', en: 'competencies' },
  provider: { hi: 'प्रदाता', en: 'provider' },
  programme_code: { hi: 'कार्यक्रम कोड', en: 'programme code' },
  in_force_from: { hi: 'लागू तिथि', en: 'in force from' },
  revised_on: { hi: 'पुनरीक्षण तिथि', en: 'revised on' },
  induction: { hi: 'प्रवेश प्रशिक्षण', en: 'induction' },
  part: { hi: 'भाग', en: 'part' },
  completed_on: { hi: 'पूर्ण तिथि', en: 'completed on' },
  source: { hi: 'स्रोत', en: 'source' },
  session_code: { hi: 'सत्र कोड', en: 'code of the session' },
  programme: { hi: 'कार्यक्रम कोड', en: 'code of the programme' },
  title: { hi: 'कार्यक्रम का नाम', en: 'title of the programme' },
  day: { hi: 'दिनांक', en: 'day' },
  minutes: { hi: 'मिनट', en: 'minutes' },
  mode: { hi: 'माध्यम', en: 'mode' },
  institute_code: { hi: 'संस्थान कोड', en: 'institute code' },
  minutes_present: { hi: 'उपस्थित मिनट', en: 'minutes present' },
  status: { hi: 'उपस्थिति', en: 'attendance' },
  service_kind: { hi: 'प्रविष्टि का प्रकार', en: 'kind of entry' },
  starts_on: { hi: 'प्रथम दिवस', en: 'first day' },
  ends_on: { hi: 'अंतिम दिवस', en: 'last day' },
  order_number: { hi: 'आदेश संख्या', en: 'number of the order' },
  certificate_no: { hi: 'प्रमाण-पत्र संख्या', en: 'certificate number' },
};

/** A file's column in words; one that has none stands as it is. */
export function columnWord(column: string): Bilingual {
  return words[column] ?? { hi: column, en: column };
}

/** The heading that a blank form of this language has: the reader understands each of them. */
export function headingOf({ name, aliases = [] }: ColumnSpec, language: Language): string {
  if (language !== 'hi') return name;
  return aliases.find((alias) => /\p{Script=Devanagari}/u.test(alias)) ?? name;
}
