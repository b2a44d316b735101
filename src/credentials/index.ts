import type { Feature } from '../kernel/feature.ts';
import { onCourseCompleted } from '../learning/index.ts';
import { issueCertificate } from './issue-certificate.ts';
import { prepareSigningKeys } from './signing-keys.ts';

export type { Certificate, CertificateContent } from './content.ts';
export { issueCertificate } from './issue-certificate.ts';
export { reassignCertificates } from './reassign-certificates.ts';
export { revokeCertificateOfCompletion } from './revoke-certificate.ts';

export const credentials: Feature = {
  name: 'credentials',
  prepare(runtime) {
    prepareSigningKeys(runtime);
    onCourseCompleted(issueOnCompletion);
  },
};

/** One function for good: a process that prepares several databases registers it once. */
async function issueOnCompletion(
  ...[tx, ctx, completion]: Parameters<Parameters<typeof onCourseCompleted>[0]>
) {
  await issueCertificate(tx, ctx, completion);
}
