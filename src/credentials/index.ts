import type { Feature } from '../kernel/feature.ts';
import { type Bilingual, type MessageKey, translator } from '../kernel/i18n.ts';
import { lasting } from '../kernel/jobs.ts';
import { onCoursesCompleted, setCertificateLink } from '../learning/index.ts';
import { rolesSeeingPersons } from '../organisations/index.ts';
import { addPersonSection, onNameCorrected, onPersonsMerged } from '../people/index.ts';
import { addSiteLink } from '../shell/site/index.ts';
import { credentialsApi } from './api.ts';
import { badgesApi } from './badges/api.ts';
import { batchesApi } from './bulk/api.ts';
import { keepBatchesJob } from './bulk/keep-batches.ts';
import { batchPages } from './bulk/pages/routes.tsx';
import { batchJob } from './bulk/run-batch.ts';
import { digilockerApi } from './digilocker/api.ts';
import { issueCertificates } from './issue-certificates.ts';
import { offlineCheckRoutes } from './offline-check/routes.tsx';
import { personCard } from './pages/person-card.tsx';
import { credentialsPages } from './pages/routes.ts';
import { reassignCertificates } from './reassign-certificates.ts';
import { replaceMisnamed } from './replace-certificate.ts';
import { prepareSigningKeys } from './signing-keys.ts';
import { certificateLinksOf, countCertificates } from './store.ts';
import { templatesApi } from './templates/api.ts';
import { templatePages } from './templates/pages/routes.tsx';

/** A certificate as kept, and what it says (frozen at issue). */
export type { Certificate, CertificateContent } from './content.ts';
/** Issues the certificates of completions that Daksh decided, in their transaction; idempotent. */
export { issueCertificates } from './issue-certificates.ts';
/** Numbers with a check character that nobody counts on from his own; read as people type them. */
export { newCertificateNumber, readCertificateNumber } from './number.ts';
/** Numbers of another kind, typed on the public check page, are led to their own check. */
export { addOtherNumber } from './other-numbers.ts';
/** A text as a QR in SVG. */
export { drawQr } from './qr-code.ts';
/** After a merge of persons: certificates follow the survivor, in the caller's transaction. */
export { reassignCertificates } from './reassign-certificates.ts';
/** The PDF of a certificate; many may be asked for at once (about 6 ms each). */
export { renderCertificate } from './render-certificate.ts';
/** The same of nobody, for measurements. */
export { renderTrial } from './render-trial.ts';
/** The installation's Ed25519 keys: the one that signs now, and the public half of any that ever did; made
 * ready for each database that is opened. */
export { prepareSigningKeys, publicKey, type SigningKey, signingKey } from './signing-keys.ts';

export const credentials: Feature = {
  name: 'credentials',
  prepare(runtime) {
    prepareSigningKeys(runtime);
    onCoursesCompleted(issueOnCompletion);
    setCertificateLink(linksOf);
    hookToPeople();
    addLinks();
  },
  jobs: (runtime) => ({
    'credentials:batch': lasting(batchJob(runtime.storage)),
    'credentials:keep-batches': keepBatchesJob(runtime.storage),
  }),
  crontab: ['*/5 * * * * credentials:keep-batches ?max=1'],
  http(app, runtime) {
    credentialsApi(app);
    credentialsPages(app);
    templatePages(app);
    badgesApi(app);
    templatesApi(app);
    batchesApi(app, runtime);
    batchPages(app, runtime);
    digilockerApi(app);
    offlineCheckRoutes(app);
  },
};

/** One function for good: a process that prepares several databases registers it once. */
async function issueOnCompletion(...[tx, completions]: Parameters<Parameters<typeof onCoursesCompleted>[0]>) {
  const ctx = completions[0]?.ctx;
  if (ctx) await issueCertificates(tx, ctx, completions);
}

async function linksOf(...[ctx, personId]: Parameters<Parameters<typeof setCertificateLink>[0]>) {
  const links = await certificateLinksOf(ctx.db, personId);
  return links.map((one) => ({ ...one, href: `/certificates/${one.certificateNo}.pdf` }));
}

function hookToPeople(): void {
  onPersonsMerged({
    name: 'credentials',
    async preview(ctx, pair) {
      const count = await countCertificates(ctx.db.read, pair.mergedId);
      return count === 0 ? [] : [{ label: bilingual('credentials.mergeMoves'), count }];
    },
    async move(tx, ctx, pair) {
      await reassignCertificates(tx, ctx, pair);
    },
  });
  onNameCorrected('credentials', async (tx, ctx, { personId }) => {
    await replaceMisnamed(tx, ctx, personId);
  });
  addPersonSection({ name: 'certificates', on: 'office', order: 60, render: personCard });
}

function bilingual(key: MessageKey): Bilingual {
  return { hi: translator('hi')(key), en: translator('en')(key) };
}

function addLinks(): void {
  const certificates = {
    key: 'certificates',
    label: 'credentials.navCertificates',
    icon: 'certificate',
  } as const;
  addSiteLink({ ...certificates, area: 'learner', href: '/certificates', order: 30 });
  addSiteLink({
    ...certificates,
    area: 'office',
    href: '/office/certificates',
    roles: rolesSeeingPersons,
    group: 'learning',
    order: 70,
  });
  // Who reads no names has no desk of certificates, only their look.
  addSiteLink({
    key: 'certificate-templates',
    area: 'office',
    label: 'credentials.templatesTitle',
    icon: 'certificate',
    href: '/office/certificate-templates',
    roles: ['operator'],
    group: 'learning',
    order: 71,
  });
  addSiteLink({
    key: 'verify',
    area: 'public',
    label: 'credentials.navVerify',
    href: '/verify',
    icon: 'certificate',
    order: 50,
  });
}
