import type { Config } from '../kernel/config.ts';
import { drawCertificate } from './render-certificate.ts';
import { type Look, plainLook } from './templates/look.ts';
import { pictureName } from './templates/look-of.ts';

/** A certificate of nobody in three scripts, with a logo and two signatures: what the benchmark draws many of. */
export function renderTrial(config: Config, number: number, picture: Buffer): Promise<Buffer> {
  const certificateNo = `DK00-0000-0000-${String(number).padStart(4, '0')}`;
  const content = {
    form: 1 as const,
    name: { hi: `मापन कार्मिक ${number}`, en: `Bench Person ${number}` },
    course: {
      code: `BENCH-${number}`,
      title: { hi: 'साइबर सुरक्षा की पहली सीढ़ी', en: 'First steps in cyber security' },
    },
    minutes: 95,
    scorePercent: 80,
    completedDay: '2026-01-31',
    issuedDay: '2026-01-31',
    issuer: { government: { hi: 'मापन शासन', en: 'Bench Government' }, department: null },
  };
  const printed = { certificateNo, content, signature: `${number}`.padEnd(330, 'x') };
  const fresh = { replacesNo: null, replacedByNo: null, revokedAt: null };
  const pictures = [{ name: pictureName(sha), bytes: picture }];
  return drawCertificate({ ...printed, ...fresh }, config, { look, pictures });
}

const sha = 'bench';
const signatory = (hi: string, en: string) => ({
  name: { hi, en },
  designation: { hi: 'निदेशक', en: 'Director' },
  picture: sha,
});
const look: Look = {
  ...plainLook,
  third: 'ur',
  issuerThird: 'محکمہ تربیت',
  logo: sha,
  signatories: [signatory('पहला हस्ताक्षर', 'First Signatory'), signatory('दूसरा हस्ताक्षर', 'Second Signatory')],
};
