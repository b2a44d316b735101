type Title = readonly [hi: string, en: string];

const subjects: readonly (readonly [...Title, tags?: string])[] = [
  ['सूचना का अधिकार', 'Right to Information'],
  ['कार्यालय पद्धति', 'Office procedure'],
  ['ई-ऑफ़िस', 'e-Office'],
  ['वित्तीय हस्तपुस्तिका', 'Financial handbook'],
  ['GeM से क्रय', 'Buying on GeM'],
  ['छात्रवृत्ति पोर्टल', 'The scholarship portal'],
  ['वृद्धावस्था पेंशन', 'Old-age pension'],
  ['पारिवारिक लाभ योजना', 'Family benefit scheme'],
  ['सामूहिक विवाह योजना', 'Mass marriage scheme'],
  ['अत्याचार निवारण अधिनियम', 'Prevention of Atrocities Act'],
  ['आधार से सीधा लाभ अंतरण', 'Direct benefit transfer'],
  ['जन सुनवाई (IGRS)', 'Public grievances (IGRS)'],
  ['सिटीज़न चार्टर', 'Citizen charter'],
  ['कार्यस्थल पर महिलाओं की सुरक्षा', 'Women’s safety at work'],
  ['तनावमुक्त कार्य संस्कृति', 'Stress-free work culture'],
  ['कार्यालय में AI', 'AI in the office', 'ai'],
  ['AI से नोटिंग और प्रारूपण', 'Noting and drafting with AI', 'ai'],
  ['AI और डेटा की गोपनीयता', 'AI and privacy of data', 'ai;cyber'],
  ['साइबर स्वच्छता', 'Cyber hygiene', 'cyber'],
  ['OTP और भुगतान की ठगी', 'OTP and payment fraud', 'cyber'],
  ['पासवर्ड और पहचान', 'Passwords and identity', 'cyber'],
  ['डिजिटल व्यक्तिगत डेटा अधिनियम', 'Digital Personal Data Act', 'cyber'],
  ['हिन्दी टंकण', 'Hindi typing'],
  ['एक्सेल से काम', 'Working with Excel'],
  ['प्रस्तुतीकरण', 'Presentations'],
  ['बैठक और कार्यवृत्त', 'Meetings and minutes'],
  ['अभिलेख प्रबन्धन', 'Records management'],
  ['न्यायालय में प्रतिशपथपत्र', 'Counter-affidavits'],
  ['सेवा नियमावली', 'Service rules'],
  ['आचरण नियमावली', 'Conduct rules'],
  ['विभागीय जाँच', 'Departmental inquiry'],
  ['अवकाश नियम', 'Leave rules'],
  ['पेंशन प्रकरण', 'Pension cases'],
  ['बजट और व्यय', 'Budget and expenditure'],
  ['लेखा परीक्षा के उत्तर', 'Answering audit'],
  ['छात्रावास प्रबन्धन', 'Running a hostel'],
  ['आश्रम पद्धति विद्यालय', 'Ashram Paddhati schools'],
  ['बाल संरक्षण', 'Child protection'],
  ['मध्याह्न भोजन की स्वच्छता', 'Hygiene of school meals'],
  ['प्राथमिक चिकित्सा', 'First aid'],
  ['अग्नि सुरक्षा', 'Fire safety'],
  ['आपदा में कर्तव्य', 'Duties in a disaster'],
  ['दिव्यांगजन अधिकार', 'Rights of persons with disabilities'],
  ['वरिष्ठ नागरिक अधिनियम', 'Senior Citizens Act'],
  ['उभयलिंगी व्यक्ति अधिनियम', 'Transgender Persons Act'],
  ['नशामुक्ति', 'Freedom from addiction'],
  ['क्षेत्र भ्रमण और निरीक्षण', 'Field visits and inspection'],
  ['लाभार्थी से संवाद', 'Talking with beneficiaries'],
  ['सोशल मीडिया का शिष्टाचार', 'Conduct on social media', 'cyber'],
  ['मिशन कर्मयोगी', 'Mission Karmayogi'],
];

const forms: readonly Title[] = [
  ['परिचय', 'introduction'],
  ['नियम और प्रक्रिया', 'rules and procedure'],
  ['व्यवहार में', 'in practice'],
  ['प्रकरण अध्ययन', 'case studies'],
  ['पर्यवेक्षकों के लिए', 'for supervisors'],
  ['पुनश्चर्या', 'refresher'],
];

export type GoldenCourse = { code: string; titleHi: string; titleEn: string; minutes: number; tags: string };

/** 300 courses; durations are set afterwards, so that the department's hours come out. */
export function goldenCourses(): GoldenCourse[] {
  return subjects.flatMap(([hi, en, tags], subject) =>
    forms.map(([formHi, formEn], form) => ({
      code: `SWC-${String(subject * forms.length + form + 1).padStart(3, '0')}`,
      titleHi: `${hi}: ${formHi}`,
      titleEn: `${en}: ${formEn}`,
      minutes: 20 + ((subject * 7 + form * 11) % 51),
      tags: tags ?? '',
    })),
  );
}
