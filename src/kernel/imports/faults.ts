import { Refusal } from '../errors.ts';
import type { Bilingual } from '../i18n.ts';
import { type ColumnSpec, type FileFaultCode, type RowFaultCode, TableFault } from '../tabular/index.ts';
import { columnWord, headingOf } from './columns.ts';

/** Faults of a row are kept as `code` or `code:column`, several parted by a bar; these are their words. */
export type FaultWords = Readonly<Record<string, Bilingual>>;

const rowFaults: Record<RowFaultCode, Bilingual> = {
  stray_quote: { hi: 'उद्धरण-चिह्न (") ग़लत जगह है', en: 'a quotation mark stands in the wrong place' },
  unclosed_quote: { hi: 'उद्धरण-चिह्न (") बंद नहीं हुआ', en: 'a quotation mark is not closed' },
  too_many_cells: {
    hi: 'पंक्ति में शीर्षकों से अधिक खाने हैं',
    en: 'the row has more cells than there are headings',
  },
  row_too_long: { hi: 'पंक्ति बहुत लंबी है', en: 'the row is too long' },
  invalid_utf8: { hi: 'अक्षर UTF-8 में नहीं हैं', en: 'the characters are not UTF-8' },
  invalid_character: { hi: 'पंक्ति में अमान्य अक्षर है', en: 'the row has a character that no text has' },
};

/** Faults that several kinds share. */
export const commonFaults: FaultWords = {
  ...rowFaults,
  no_code: { hi: 'कोड नहीं है', en: 'no code' },
  no_name: { hi: 'नाम नहीं है', en: 'no name' },
  impossible_date: { hi: 'असंभव तिथि', en: 'an impossible date' },
  future_date: { hi: 'तिथि भविष्य की है', en: 'the date lies in the future' },
  not_a_number: { hi: 'संख्या ठीक नहीं है', en: 'not a number' },
  too_long: { hi: 'मान बहुत लंबा है', en: 'the value is too long' },
  contradicts: {
    hi: 'इसी फ़ाइल की पिछली पंक्ति से भिन्न है',
    en: 'contradicts an earlier row of this file',
  },
  unknown_office: { hi: 'कार्यालय कोड अज्ञात है', en: 'unknown office' },
  outside_scope: {
    hi: 'यह कार्यालय आपके अधिकार-क्षेत्र से बाहर है',
    en: 'this office lies outside your offices',
  },
};

/** A row's fault text as a sentence in both languages, for the error file and the page. */
export function faultWords(fault: string, own: FaultWords): Bilingual {
  const parts = fault.split('|').map((part) => {
    const [code = '', column] = part.split(/:(.*)/s);
    const words = own[code] ?? commonFaults[code] ?? { hi: code, en: code };
    if (!column) return words;
    // The English name of a column is the heading that the file has, or may have.
    return { hi: `${words.hi} (${columnWord(column).hi})`, en: `${words.en} (${column})` };
  });
  return {
    hi: parts.map((part) => part.hi).join('; '),
    en: parts.map((part) => part.en).join('; '),
  };
}

const fileFaults: Record<FileFaultCode, Bilingual> = {
  empty_file: {
    hi: 'फ़ाइल ख़ाली है। पहली पंक्ति में शीर्षक और नीचे प्रविष्टियाँ चाहिए।',
    en: 'The file is empty. The first row must hold the headings, the rows below it the entries.',
  },
  not_a_table: {
    hi: 'शीर्षक की पंक्ति पढ़ी नहीं जा सकी। CSV या XLSX फ़ाइल दें।',
    en: 'The heading row could not be read. Give a CSV or XLSX file.',
  },
  unknown_format: {
    hi: 'यह CSV या XLSX फ़ाइल नहीं है। स्प्रेडशीट को इनमें से एक रूप में सहेजकर फिर दें।',
    en: 'This is not a CSV or XLSX file. Save the sheet as one of these and give it again.',
  },
  old_or_locked_excel: {
    hi: 'यह पुरानी (.xls) या पासवर्ड से बंद Excel फ़ाइल है। इसे बिना पासवर्ड .xlsx के रूप में सहेजें।',
    en: 'This is an old (.xls) or locked Excel file. Save it as .xlsx without a password.',
  },
  invalid_encoding: {
    hi: 'फ़ाइल के अक्षर पढ़े नहीं जा सके। इसे UTF-8 CSV के रूप में सहेजें।',
    en: 'The characters of the file could not be read. Save it as UTF-8 CSV.',
  },
  file_too_large: { hi: 'फ़ाइल बहुत बड़ी है। इसे भागों में दें।', en: 'The file is too large. Give it in parts.' },
  repeated_heading: { hi: 'एक ही स्तंभ दो बार है', en: 'One column is there twice' },
  damaged_file: {
    hi: 'फ़ाइल क्षतिग्रस्त है। इसे फिर से सहेजकर दें।',
    en: 'The file is damaged. Save it again.',
  },
};

/** A file that could not be read, as a refusal; any other error stays what it is. */
export function asFileRefusal(error: unknown): unknown {
  if (!(error instanceof TableFault)) return error;
  const words = fileFaults[error.code];
  const heading = error.code === 'repeated_heading' ? `: ${error.details['heading']}` : '';
  return new Refusal(
    'invalid',
    { hi: words.hi + heading, en: words.en + heading },
    { reason: error.code, details: error.details },
  );
}

/** In each language by the headings that its blank form has. */
export function missingColumns(missing: string[][], columns: readonly ColumnSpec[]): Refusal {
  const headingIn = (language: 'hi' | 'en') => (name: string) =>
    headingOf(columns.find((column) => column.name === name) ?? { name }, language);
  const list = (language: 'hi' | 'en', word: string) =>
    missing.map((names) => names.map(headingIn(language)).join(` ${word} `)).join(', ');
  return new Refusal(
    'invalid',
    {
      hi: `फ़ाइल में आवश्यक स्तंभ नहीं है: ${list('hi', 'या')}`,
      en: `The file lacks a needed column: ${list('en', 'or')}`,
    },
    { reason: 'missing_column', details: { missing } },
  );
}

export function noRows(): Refusal {
  return new Refusal(
    'invalid',
    {
      hi: 'फ़ाइल में शीर्षक के नीचे एक भी पंक्ति नहीं है।',
      en: 'The file has no row below its headings.',
    },
    { reason: 'empty_file' },
  );
}
