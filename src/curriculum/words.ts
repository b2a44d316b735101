import { invalid, Refusal } from '../kernel/errors.ts';
import { addFieldTexts } from '../kernel/field-texts.ts';
import { type Bilingual, type Language, type Translate, translator } from '../kernel/i18n.ts';
import { formatNumber } from '../kernel/numbers.ts';
import { tagName } from '../learning/index.ts';
import type { Missing } from './rules/compliance.ts';

addFieldTexts({
  bad_year: { hi: 'वर्ष 2026-27 की तरह लिखें।', en: 'Write a year such as 2026-27.' },
  bad_hours: { hi: '0 से 10,000 तक की संख्या लिखें, जैसे 1.5।', en: 'Give a number from 0 to 10,000, such as 1.5.' },
  bad_headcount: { hi: '1 या अधिक की पूरी संख्या लिखें।', en: 'Give a whole number, 1 or more.' },
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

/** A name that several have. */
export function severalAt(path: string, codes: readonly string[]): Refusal {
  const list = codes.join(', ');
  const text = {
    hi: `इस नाम के कई हैं; कोड लिखें, जैसे ${list}`,
    en: `Several have this name; write a code, such as ${list}`,
  };
  return invalid([{ path, code: 'several_found', text }], text);
}

export function retiredAt(path: string, code: string): Refusal {
  const text = { hi: `यह कोर्स अब नहीं चलता: ${code}`, en: `This course is no longer offered: ${code}` };
  return invalid([{ path, code: 'course_retired', text }], text);
}

export function wrongDay(path: string, text: Bilingual): Refusal {
  return invalid([{ path, code: 'wrong_day', text }], text);
}

/** Publication stops here where a rule that blocks finds a part missing; it names the orders and the parts. */
export function ruleBlocks(missing: readonly Missing[]): Refusal {
  const said = (language: Language) => {
    const t = translator(language);
    return t('curriculum.checkBlock', { missing: missingText(missing, { t, language }) });
  };
  return new Refusal(
    'conflict',
    { hi: said('hi'), en: said('en') },
    { reason: 'curriculum_rule', details: { missing: missing.map(missingView) } },
  );
}

export type Say = { t: Translate; language: Language };

export function tagText(tag: string, language: Language): string {
  return tagName(tag, translator(language));
}

/** "AI, साइबर सुरक्षा: 120 में से 90 मिनट (आदेश 12/2026)" */
export function missingText(missing: readonly Missing[], { t, language }: Say): string {
  const byOrder = Map.groupBy(missing, ({ rule }) => rule.orderNumber);
  return [...byOrder]
    .map(([order, list]) => {
      const tags = list.map(({ tag, minutes, rule }) =>
        minutes > 0
          ? t('curriculum.missingShort', {
              tag: tagText(tag, language),
              has: formatNumber(minutes, language),
              minutes: formatNumber(rule.minimumMinutes, language),
            })
          : tagText(tag, language),
      );
      return t('curriculum.missingBy', { tags: [...new Set(tags)].join(', '), order });
    })
    .join('; ');
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
