import { z } from 'zod';
import { daysBetween, parseDay } from '../kernel/dates.ts';
import { addFieldTexts } from '../kernel/field-texts.ts';
import { nameField } from '../kernel/name-field.ts';

const day = z.string().transform((text, at) => {
  const found = parseDay(text);
  if (found) return found;
  at.addIssue({ code: 'custom', message: 'bad_day' });
  return z.NEVER;
});
const text = (most: number) => z.string().trim().min(1).max(most, 'too_long');
/** Ticked boxes, one of which comes as a text. */
const tags = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(/[\s,;]+/u).filter(Boolean) : value),
  z.array(z.string().trim().toLowerCase().min(1).max(60, 'too_long')).max(10, 'too_long').default([]),
);
const mostDays = 92;

export const campaignInput = z
  .object({
    code: z
      .string()
      .trim()
      .max(40, 'too_long')
      .regex(/^[A-Za-z0-9][A-Za-z0-9-]+$/, 'campaign_code')
      // The address of an empty form.
      .refine((code) => code !== 'new', 'campaign_code_reserved'),
    titleHi: nameField(160),
    titleEn: nameField(160).optional(),
    officeCode: text(200),
    fromDay: day,
    toDay: day,
    hours: z.coerce
      .number('campaign_hours')
      .min(0.25, 'campaign_hours')
      .max(500, 'campaign_hours')
      .describe('Hours of learning asked of each person'),
    tags,
    orderNumber: text(200).optional(),
  })
  .refine(({ fromDay, toDay }) => toDay >= fromDay, { message: 'campaign_ends_before', path: ['toDay'] })
  .refine(({ fromDay, toDay }) => daysBetween(fromDay, toDay) < mostDays, {
    message: 'campaign_too_long',
    path: ['toDay'],
  });
export type CampaignInput = z.output<typeof campaignInput>;

export const cancellationInput = z.object({ reason: text(500) });

export const codeTakenText = {
  hi: 'यह कोड किसी और सीखने के सप्ताह का है।',
  en: 'Another learning week has this code.',
};

addFieldTexts({
  campaign_code: {
    hi: 'कोड में केवल A से Z, अंक और - लिखें, जैसे sadhana-2026।',
    en: 'A code has letters A to Z, digits and -, such as sadhana-2026.',
  },
  campaign_hours: {
    hi: 'घंटे अंकों में लिखें, 0.25 से 500 तक।',
    en: 'Write the hours as a number from 0.25 to 500.',
  },
  campaign_ends_before: {
    hi: 'अंतिम दिन पहले दिन से पहले का है।',
    en: 'The last day is before the first.',
  },
  campaign_too_long: {
    hi: 'सीखने का सप्ताह अधिक से अधिक 92 दिन का हो सकता है।',
    en: 'A learning week lasts 92 days at most.',
  },
  campaign_code_taken: codeTakenText,
  campaign_code_reserved: {
    hi: 'यह कोड नहीं चलेगा; दूसरा लिखें।',
    en: 'This code cannot be used; write another.',
  },
});
