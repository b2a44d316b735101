import type { FaultWords } from '../../kernel/imports/index.ts';

export const completionFaults: FaultWords = {
  no_code: { hi: 'कर्मचारी कोड, मोबाइल या ईमेल में से कोई नहीं है', en: 'no employee code, mobile or e-mail' },
  no_course: { hi: 'कोर्स कोड नहीं है', en: 'no course code' },
  unknown_course: { hi: 'कोर्स कोड अज्ञात है', en: 'unknown course' },
  unknown_person: { hi: 'यह कार्मिक नहीं मिला', en: 'unknown person' },
  several_persons: {
    hi: 'इस मोबाइल या ईमेल के एक से अधिक कार्मिक हैं',
    en: 'more than one person has this mobile or e-mail',
  },
};
