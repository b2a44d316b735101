import type { z } from 'zod';
import type { Bilingual } from '../../kernel/i18n.ts';

const known = {
  not_a_day: {
    hi: 'तिथि ठीक नहीं है; इस तरह लिखें: 2026-03-31',
    en: 'this is not a date; write it like 2026-03-31',
  },
  more_than_listed: {
    hi: 'सूची में जितने कोर्स हैं, उनसे अधिक माँगे गए हैं',
    en: 'more courses are asked than the list has',
  },
  one_condition: {
    hi: 'हर शर्त में ठीक एक बात होती है: allOf, anyOf, courses, share, hours, days या passed',
    en: 'each condition says exactly one thing: allOf, anyOf, courses, share, hours, days or passed',
  },
  min_above_max: { hi: 'न्यूनतम अधिकतम से अधिक है', en: 'the least is above the most' },
  ends_before_it_begins: { hi: 'अवधि आरंभ से पहले समाप्त होती है', en: 'the window ends before it begins' },
  nested_too_deep: { hi: 'शर्तें बहुत अधिक या बहुत गहरी हैं', en: 'the conditions are too many or nested too deep' },
  said_twice: { hi: 'यह दो बार लिखा है; एक ही बार लिखें', en: 'this is said twice; say it once' },
  no_words: { hi: 'शंका हिन्दी या अंग्रेज़ी में लिखें', en: 'write the doubt in Hindi or English' },
  odd_signs: {
    hi: 'इसमें ऐसे चिह्न हैं जो लिखावट नहीं हैं (जैसे नई पंक्ति या दिशा बदलने वाले); दोबारा टाइप करें',
    en: 'this has signs that are not writing (such as a line break, or one that turns the direction); type it again',
  },
  no_title: { hi: 'शीर्षक हिन्दी या अंग्रेज़ी में दें', en: 'give the title in Hindi or English' },
};

/** What one of these codes means, in both languages. */
export function faultWords(code: keyof typeof known): Bilingual {
  return known[code];
}

/** A fault of an order's file in both languages. */
export function faultText(code: string, issue: z.core.$ZodIssue): Bilingual {
  const words = Object.entries(known).find(([name]) => name === code)?.[1];
  if (words) return words;
  if (issue.code === 'unrecognized_keys')
    return {
      hi: `यह शब्द यहाँ नहीं जाना जाता: ${issue.keys.join(', ')}`,
      en: `this is not known here: ${issue.keys.join(', ')}`,
    };
  if (issue.code === 'invalid_union') return unionText();
  if (issue.code === 'too_small' || issue.code === 'too_big') return boundText(issue);
  if (issue.code === 'invalid_value')
    return {
      hi: `इनमें से एक दें: ${issue.values.join(', ')}`,
      en: `give one of: ${issue.values.join(', ')}`,
    };
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return { hi: 'यह आवश्यक है, या यहाँ दूसरे प्रकार का मान चाहिए', en: `needed: ${issue.expected}` };
  return { hi: 'यह मान ठीक नहीं है', en: 'this value is not right' };
}

function unionText(): Bilingual {
  return {
    hi: 'अवधि दो तिथियों से (from, to) या दिनों से (days, after) बताएँ',
    en: 'give the window by two dates (from, to) or by days (days, after)',
  };
}

function boundText(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): Bilingual {
  return issue.code === 'too_small'
    ? { hi: `कम से कम ${issue.minimum}`, en: `at least ${issue.minimum}` }
    : { hi: `अधिक से अधिक ${issue.maximum}`, en: `at most ${issue.maximum}` };
}
