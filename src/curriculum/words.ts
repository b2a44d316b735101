import { invalid, Refusal } from '../kernel/errors.ts';
import { addFieldTexts } from '../kernel/field-texts.ts';
import type { Bilingual, Language } from '../kernel/i18n.ts';
import type { Missing } from './rules/compliance.ts';

addFieldTexts({
  bad_year: { hi: 'वर्ष 2026-27 की तरह लिखें।', en: 'Write a year such as 2026-27.' },
  course_or_title: {
    hi: 'कोर्स का कोड लिखें, या भाग का नाम: दोनों में से एक।',
    en: 'Give a course’s code or a part’s name: one of the two.',
  },
  course_or_programme: {
    hi: 'कोर्स का कोड लिखें, या कार्यक्रम का: दोनों में से एक।',
    en: 'Give a course’s code or a programme’s: one of the two.',
  },
});

export function titleNeeded(): Refusal {
  const text = {
    hi: 'नाम लिखें: हिन्दी में, अंग्रेज़ी में या दोनों में।',
    en: 'Write a name: in Hindi, in English or in both.',
  };
  return invalid([{ path: 'titleHi', code: 'title_needed', text }], text);
}

export function unknownAt(path: string, code: string): Refusal {
  const text = { hi: `यह कोड नहीं मिला: ${code}`, en: `There is no such code: ${code}` };
  return invalid([{ path, code: 'unknown_code', text }], text);
}

export function wrongDay(path: string, text: Bilingual): Refusal {
  return invalid([{ path, code: 'wrong_day', text }], text);
}

/** The tags as people know them; others as they are written. */
export const tagNames: Readonly<Record<string, Bilingual>> = {
  ai: { hi: 'AI', en: 'AI' },
  cyber: { hi: 'साइबर सुरक्षा', en: 'cyber security' },
};

export function tagName(tag: string): Bilingual {
  return tagNames[tag] ?? { hi: tag, en: tag };
}

/** Publication stops here where a rule that blocks finds a part missing; it names the orders and the parts. */
export function ruleBlocks(missing: readonly Missing[]): Refusal {
  const list = (language: 'hi' | 'en') =>
    missing.map(({ rule, tag }) => `${tagName(tag)[language]} (${rule.orderNumber})`).join(', ');
  const text = {
    hi: `आदेश के अनुसार ये भाग आवश्यक हैं, पर नहीं हैं: ${list('hi')}। पहले इन्हें जोड़ें।`,
    en: `The order requires parts that are missing: ${list('en')}. Add them first.`,
  };
  return new Refusal('conflict', text, {
    reason: 'curriculum_rule',
    details: { missing: missing.map(missingView) },
  });
}

/** What the rules miss, in one line: "AI, साइबर सुरक्षा (आदेश 12/2026)". */
export function missingSentence(missing: readonly Missing[], language: Language): string {
  const byOrder = Map.groupBy(missing, ({ rule }) => rule.orderNumber);
  const said = [...byOrder].map(([order, list]) => {
    const tags = [...new Set(list.map(({ tag }) => tagName(tag)[language]))].join(', ');
    return language === 'hi' ? `${tags} (आदेश ${order})` : `${tags} (order ${order})`;
  });
  const list = said.join('; ');
  return language === 'hi' ? `यह भाग नहीं है: ${list}` : `Part missing: ${list}`;
}

export function missingView({ rule, tag, minutes }: Missing) {
  return {
    tag,
    orderNumber: rule.orderNumber,
    enforcement: rule.enforcement,
    minutes,
    minimumMinutes: rule.minimumMinutes,
  };
}
