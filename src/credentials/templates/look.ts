import { z } from 'zod';
import { twoScripts } from '../content.ts';

/** Languages that may stand beside Hindi and English; each needs its font in `kernel/typst/worker.ts`. */
export const thirdLanguages = ['ur', 'bn', 'ta'] as const;
export type ThirdLanguage = (typeof thirdLanguages)[number];

const signatory = z.object({
  name: twoScripts,
  designation: twoScripts,
  /** The picture of the signature, by its SHA-256; null: a line to sign on. */
  picture: z.string().nullable(),
});
export type Signatory = z.infer<typeof signatory>;

/** How the certificates of an office look. Empty names are the usual ones. */
export const lookSchema = z.object({
  form: z.literal(1),
  languages: z.enum(['both', 'hi', 'en']),
  third: z.enum(thirdLanguages).nullable(),
  issuer: twoScripts,
  issuerThird: z.string().nullable(),
  title: twoScripts,
  titleThird: z.string().nullable(),
  logo: z.string().nullable(),
  signatories: z.array(signatory).max(2),
});
export type Look = z.infer<typeof lookSchema>;

/** What an office begins with that has none of its own nor one above. */
export const plainLook: Look = {
  form: 1,
  languages: 'both',
  third: null,
  issuer: { hi: null, en: null },
  issuerThird: null,
  title: { hi: null, en: null },
  titleThird: null,
  logo: null,
  signatories: [],
};

/** What a certificate says in a third language by itself; names are typed by the office. */
export const thirdWords: Record<
  ThirdLanguage,
  { title: string; certify: string; completed: string; isRightToLeft: boolean; font: string }
> = {
  ur: {
    title: 'کورس تکمیل کی سند',
    certify: 'تصدیق کی جاتی ہے کہ',
    completed: 'نے یہ کورس مکمل کیا ہے',
    isRightToLeft: true,
    font: 'Noto Nastaliq Urdu',
  },
  bn: {
    title: 'কোর্স সমাপ্তির শংসাপত্র',
    certify: 'এতদ্দ্বারা প্রত্যয়ন করা হচ্ছে যে',
    completed: 'এই কোর্সটি সম্পূর্ণ করেছেন',
    isRightToLeft: false,
    font: 'Noto Sans Bengali',
  },
  ta: {
    title: 'பாடநெறி நிறைவுச் சான்றிதழ்',
    certify: 'இதன் மூலம் சான்றளிக்கப்படுகிறது',
    completed: 'இப்பாடநெறியை நிறைவு செய்துள்ளார்',
    isRightToLeft: false,
    font: 'Noto Sans Tamil',
  },
};
