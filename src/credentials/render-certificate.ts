import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../kernel/config.ts';
import type { Ctx } from '../kernel/context.ts';
import { formatDay } from '../kernel/dates.ts';
import { type Language, translator } from '../kernel/i18n.ts';
import { projectRoot } from '../kernel/project-root.ts';
import { renderPdf } from '../kernel/typst.ts';
import { type Certificate, stateOf, type TwoScripts } from './content.ts';
import { durationText } from './duration.ts';
import { drawQr } from './qr-code.ts';
import { type Look, plainLook, thirdWords } from './templates/look.ts';
import { type DrawnLook, lookOf, pictureName } from './templates/look-of.ts';

export type Printed = Pick<
  Certificate,
  'certificateNo' | 'content' | 'signature' | 'replacesNo' | 'replacedByNo' | 'revokedAt'
>;
type Kept = Printed & Pick<Certificate, 'templateId'>;

/**
 * The certificate as a PDF (A4, landscape) in the look it was issued with. The same certificate gives the same
 * bytes. Many may be asked for at once: they queue for one thread, a few milliseconds each.
 */
export async function renderCertificate(ctx: Pick<Ctx, 'db' | 'config'>, certificate: Kept): Promise<Buffer> {
  return drawCertificate(certificate, ctx.config, await lookOf(ctx.db, certificate.templateId));
}

/** As `renderCertificate`, in a look of one's own: for samples. */
export function drawCertificate(certificate: Printed, config: Config, drawn?: DrawnLook): Promise<Buffer> {
  const qr = drawQr(qrText(certificate, config)).svg;
  return renderPdf(template(), { ...sheetOf(certificate, config, drawn), qr }, drawn?.pictures);
}

/** Changes whenever the PDF would. */
export function certificateEtag(certificate: Kept, config: Config): string {
  const sheet = sheetOf(certificate, config);
  const printed = JSON.stringify([template(), sheet, certificate.templateId, certificate.signature]);
  return `"${createHash('sha256').update(printed).digest('base64url').slice(0, 22)}"`;
}

/** Opens the public check page, and carries the signed payload for checking where there is no network. */
export function qrText(certificate: Pick<Printed, 'certificateNo' | 'signature'>, config: Config): string {
  return `${verifyUrl(certificate.certificateNo, config)}#${certificate.signature}`;
}

export function verifyUrl(certificateNo: string, config: Config): string {
  return `${config.baseUrl}/verify/${certificateNo}`;
}

function sheetOf(certificate: Printed, config: Config, drawn?: DrawnLook) {
  const { content, certificateNo } = certificate;
  const { government, department } = content.issuer;
  const look = drawn?.look ?? plainLook;
  const words = wordsIn(look.languages);
  const above = department ? words.text(government) : null;
  return {
    lang: words.lang,
    documentTitle: `${words.said('printTitle').main} ${certificateNo}`,
    number: certificateNo,
    logo: pictureOf(look.logo, drawn),
    issuer: {
      main: words.text(department ?? government),
      above: above && (above.other ? `${above.main} · ${above.other}` : above.main),
    },
    name: words.text(content.name),
    course: words.text(content.course.title),
    facts: factsOf(certificate, words),
    verifyUrl: verifyUrl(certificateNo, config),
    verifyShown: `${config.baseUrl.replace(/^https?:\/\//, '')}/verify`,
    signatories: signatoriesOf(certificate, words, drawn),
    third: thirdOf(look),
    withdrawn: withdrawnOf(certificate, words),
    words: {
      number: words.lang === 'hi' ? texts.hi('credentials.printNumber') : texts.en('credentials.printNumber'),
      title: look.title.hi || look.title.en ? words.text(look.title) : words.said('printTitle'),
      certify: words.said('printCertify'),
      completed: words.said('printCompleted'),
      check: words.said('printCheck'),
      digital: words.said('printDigital'),
      qrAlt: words.said('printQr').main,
      replaces: certificate.replacesNo
        ? words.said('printReplaces', { number: certificate.replacesNo })
        : null,
    },
  };
}

function factsOf({ content }: Printed, words: Words) {
  const inBoth = (make: (language: Language) => string) => words.text({ hi: make('hi'), en: make('en') });
  const facts = [
    { label: words.said('printCompletedOn'), value: inBoth((l) => formatDay(content.completedDay, l)) },
    { label: words.said('printMinutes'), value: inBoth((l) => durationText(content.minutes, l)) },
  ];
  if (content.scorePercent !== null)
    facts.push({ label: words.said('printScore'), value: { main: `${content.scorePercent}%`, other: null } });
  facts.push({ label: words.said('printCourseCode'), value: { main: content.course.code, other: null } });
  return facts;
}

/** Who signs by the office's template; without one the issuer itself. */
function signatoriesOf({ content }: Printed, words: Words, drawn?: DrawnLook) {
  const signatories = drawn?.look.signatories ?? [];
  if (signatories.length === 0) {
    const office = words.text(content.issuer.department ?? content.issuer.government).main;
    return [{ name: words.said('printIssuer'), designation: { main: office, other: null }, picture: null }];
  }
  return signatories.map(({ name, designation, picture }) => ({
    name: words.text(name),
    designation: designation.hi || designation.en ? words.text(designation) : null,
    picture: pictureOf(picture, drawn),
  }));
}

function pictureOf(sha: string | null, drawn?: DrawnLook): string | null {
  const name = sha && pictureName(sha);
  return drawn?.pictures.some((one) => one.name === name) ? `/${name}` : null;
}

function thirdOf(look: Look) {
  if (!look.third) return null;
  const { title, ...words } = thirdWords[look.third];
  return { lang: look.third, ...words, title: look.titleThird ?? title, issuer: look.issuerThird };
}

function withdrawnOf(certificate: Printed, words: Words) {
  const state = stateOf(certificate);
  if (state === 'valid') return null;
  if (state === 'revoked') return words.said('printRevoked');
  return words.said('printReplaced', { number: certificate.replacedByNo ?? '' });
}

const texts = { hi: translator('hi'), en: translator('en') };

type PrintKey =
  Extract<Parameters<typeof texts.hi>[0], `credentials.print${string}`> extends `credentials.${infer Key}`
    ? Key
    : never;

/** A text as it is printed: large, and smaller beside it; where one language is missing, the other alone. */
type Said = { main: string; other: string | null };
type Words = {
  lang: Language;
  text(text: TwoScripts): Said;
  said(key: PrintKey, vars?: Record<string, string | number>): Said;
};

function wordsIn(languages: Look['languages']): Words {
  const lang = languages === 'en' ? 'en' : 'hi';
  const text = ({ hi, en }: TwoScripts): Said => {
    const [first, second] = lang === 'hi' ? [hi, en] : [en, hi];
    const main = first || second || '';
    return { main, other: languages === 'both' && second && second !== main ? second : null };
  };
  return {
    lang,
    text,
    said: (key, vars) =>
      text({ hi: texts.hi(`credentials.${key}`, vars), en: texts.en(`credentials.${key}`, vars) }),
  };
}

let templateText: string | undefined;

function template(): string {
  templateText ??= readFileSync(join(projectRoot(), 'src/credentials/certificate.typ'), 'utf8');
  return templateText;
}
