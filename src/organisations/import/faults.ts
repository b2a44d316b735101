import type { FaultWords } from '../../kernel/imports/index.ts';

export const officeFaults: FaultWords = {
  unknown_parent: {
    hi: 'उच्च कार्यालय न फ़ाइल में है, न पहले से दर्ज है',
    en: 'the parent office is neither in the file nor known',
  },
  parent_rejected: {
    hi: 'उच्च कार्यालय की पंक्ति अस्वीकृत हुई',
    en: 'the row of the parent office was rejected',
  },
  cycle: { hi: 'कार्यालय अपने ही अधीन आ जाएगा', en: 'the office would stand below itself' },
  to_before_from: { hi: 'समाप्ति तिथि प्रारंभ से पहले है', en: 'the end lies before the beginning' },
};
