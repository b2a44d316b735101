import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { invalid } from '../../kernel/errors.ts';
import type { OfficeRow } from '../../organisations/index.ts';
import type { CertificateContent } from '../content.ts';
import { drawCertificate } from '../render-certificate.ts';
import type { Look } from './look.ts';
import { withPictures } from './look-of.ts';
import type { Picture } from './store.ts';

/** A certificate of nobody as the look makes it; refuses pictures that cannot be printed. */
export async function renderSample(
  ctx: Ctx,
  given: { office: OfficeRow; look: Look; pictures?: Picture[] },
): Promise<Buffer> {
  const drawn = await withPictures(ctx.db, given.look, given.pictures ?? []);
  const sample = { ...sampleCertificate, content: contentOf(ctx, given) };
  try {
    return await drawCertificate(sample, ctx.config, drawn);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('The PDF could not be made'))) throw error;
    const text = {
      hi: 'यह चित्र छप नहीं सकता। दूसरा PNG चुनें।',
      en: 'This picture cannot be printed. Choose another PNG.',
    };
    throw invalid([{ path: 'logo', code: 'unprintable', text }]);
  }
}

const sampleCertificate = {
  certificateNo: 'DK00-0000-0000-0000',
  signature: 'x'.repeat(330),
  replacesNo: null,
  replacedByNo: null,
  revokedAt: null,
};

function contentOf(ctx: Ctx, { office, look }: { office: OfficeRow; look: Look }): CertificateContent {
  const today = todayInIndia(ctx.clock);
  const own = { hi: office.nameHi, en: office.nameEn };
  return {
    form: 1,
    name: { hi: 'नमूना नाम', en: 'Sample Name' },
    course: { code: 'SAMPLE-1', title: { hi: 'नमूना पाठ्यक्रम', en: 'Sample course' } },
    minutes: 95,
    scorePercent: 80,
    completedDay: today,
    issuedDay: today,
    issuer: { government: own, department: look.issuer.hi || look.issuer.en ? look.issuer : null },
  };
}
