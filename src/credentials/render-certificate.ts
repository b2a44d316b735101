import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../kernel/config.ts';
import { formatDay } from '../kernel/dates.ts';
import { type Language, translator } from '../kernel/i18n.ts';
import { projectRoot } from '../kernel/project-root.ts';
import { renderPdf } from '../kernel/typst.ts';
import { type Certificate, stateOf, type TwoScripts } from './content.ts';
import { durationText } from './duration.ts';
import { drawQr } from './qr-code.ts';

type Printed = Pick<
  Certificate,
  'certificateNo' | 'content' | 'signature' | 'replacesNo' | 'replacedByNo' | 'revokedAt'
>;

/**
 * The certificate as a PDF (A4, landscape, Hindi first and English beside it). The same certificate gives
 * the same bytes. Many may be asked for at once: they queue for one thread, a few milliseconds each.
 */
export function renderCertificate(certificate: Printed, config: Config): Promise<Buffer> {
  return renderPdf(template(), sheetOf(certificate, config));
}

/** Changes whenever the PDF would. */
export function certificateEtag(certificate: Printed, config: Config): string {
  const printed = JSON.stringify([template(), sheetTexts(certificate, config), certificate.signature]);
  return `"${createHash('sha256').update(printed).digest('base64url').slice(0, 22)}"`;
}

/** Opens the public check page, and carries the signed payload for checking where there is no network. */
export function qrText(certificate: Pick<Printed, 'certificateNo' | 'signature'>, config: Config): string {
  return `${verifyUrl(certificate.certificateNo, config)}#${certificate.signature}`;
}

export function verifyUrl(certificateNo: string, config: Config): string {
  return `${config.baseUrl}/verify/${certificateNo}`;
}

function sheetOf(certificate: Printed, config: Config) {
  return { ...sheetTexts(certificate, config), qr: drawQr(qrText(certificate, config)).svg };
}

function sheetTexts(certificate: Printed, config: Config) {
  const { content, certificateNo } = certificate;
  const { government, department } = content.issuer;
  return {
    documentTitle: `${texts.hi('credentials.printTitle')} ${certificateNo}`,
    number: certificateNo,
    logo: null,
    issuer: {
      main: scripts(department ?? government),
      above: department ? bothInLine(government) : null,
    },
    name: mainAndOther(content.name),
    course: mainAndOther(content.course.title),
    facts: factsOf(certificate),
    verifyUrl: verifyUrl(certificateNo, config),
    verifyShown: `${config.baseUrl.replace(/^https?:\/\//, '')}/verify`,
    signatories: [{ ...both('printIssuer'), office: scripts(department ?? government).hi }],
    withdrawn: withdrawnOf(certificate),
    words: {
      number: texts.hi('credentials.printNumber'),
      title: both('printTitle'),
      certify: both('printCertify'),
      completed: both('printCompleted'),
      check: both('printCheck'),
      digital: both('printDigital'),
      qrAlt: texts.hi('credentials.printQr'),
      replaces: certificate.replacesNo ? both('printReplaces', { number: certificate.replacesNo }) : null,
    },
  };
}

function factsOf({ content }: Printed) {
  const day = (language: Language) => formatDay(content.completedDay, language);
  const facts = [
    { label: both('printCompletedOn'), value: { hi: day('hi'), en: day('en') } },
    {
      label: both('printMinutes'),
      value: { hi: durationText(content.minutes, 'hi'), en: durationText(content.minutes, 'en') },
    },
  ];
  if (content.scorePercent !== null)
    facts.push({ label: both('printScore'), value: { hi: `${content.scorePercent}%`, en: '' } });
  facts.push({ label: both('printCourseCode'), value: { hi: content.course.code, en: '' } });
  return facts.map(({ label, value }) => ({ label, value: { hi: value.hi, en: value.en || null } }));
}

function withdrawnOf(certificate: Printed) {
  const state = stateOf(certificate);
  if (state === 'valid') return null;
  if (state === 'revoked') return both('printRevoked');
  return both('printReplaced', { number: certificate.replacedByNo ?? '' });
}

const texts = { hi: translator('hi'), en: translator('en') };

type PrintKey =
  Extract<Parameters<typeof texts.hi>[0], `credentials.print${string}`> extends `credentials.${infer Key}`
    ? Key
    : never;

function both(key: PrintKey, vars?: Record<string, string | number>) {
  return { hi: texts.hi(`credentials.${key}`, vars), en: texts.en(`credentials.${key}`, vars) };
}

/** Hindi large with English beneath; where one is missing, the other alone. */
function mainAndOther({ hi, en }: TwoScripts) {
  return { main: hi ?? en ?? '', other: hi && en && hi !== en ? en : null };
}

function scripts(text: TwoScripts) {
  const { main, other } = mainAndOther(text);
  return { hi: main, en: other };
}

function bothInLine(text: TwoScripts): string {
  const { main, other } = mainAndOther(text);
  return other ? `${main} · ${other}` : main;
}

let templateText: string | undefined;

function template(): string {
  templateText ??= readFileSync(join(projectRoot(), 'src/credentials/certificate.typ'), 'utf8');
  return templateText;
}
