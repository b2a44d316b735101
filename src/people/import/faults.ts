import type { FaultWords } from '../../kernel/imports/index.ts';

export const rosterFaults: FaultWords = {
  // Not refused: the value is left out, and the row is listed with this reason.
  ignored_mobile: {
    hi: 'मोबाइल नंबर दस अंकों का नहीं है; छोड़ दिया गया',
    en: 'the mobile has not ten digits and was left out',
  },
  ignored_email: { hi: 'ई-मेल ठीक नहीं है; छोड़ दिया गया', en: 'the e-mail is not right and was left out' },
  ignored_language: { hi: 'भाषा अज्ञात है; छोड़ दी गई', en: 'the language is not known and was left out' },
  no_office: { hi: 'कार्यालय कोड नहीं है', en: 'no office code' },
  unknown_group: { hi: 'समूह क, ख, ग, घ (A, B, C, D) में से नहीं है', en: 'the group is none of A, B, C, D' },
  unknown_engagement: { hi: 'नियुक्ति प्रकार अज्ञात है', en: 'unknown engagement' },
  unknown_kind: { hi: 'पदस्थापन का प्रकार अज्ञात है', en: 'unknown kind of posting' },
  unknown_reason: { hi: 'समाप्ति का कारण अज्ञात है', en: 'unknown reason of ending' },
  until_before_start: {
    hi: 'पदस्थापन की समाप्ति उसके प्रारंभ से पहले है',
    en: 'the posting would end before it begins',
  },
  outside_office: {
    hi: 'यह कार्यालय उस कार्यालय के अधीन नहीं है जिसका यह पूरा रोस्टर है',
    en: 'this office does not lie below the one whose whole roster this is',
  },
  person_elsewhere: {
    hi: 'यह कोड आपके अधिकार-क्षेत्र से बाहर पदस्थ कार्मिक का है; स्थानांतरण उच्च कार्यालय दर्ज करे',
    en: 'this code belongs to somebody posted outside your offices; the office above both records the transfer',
  },
};
