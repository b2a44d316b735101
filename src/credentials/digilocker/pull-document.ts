import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { isSameName } from '../../kernel/text/index.ts';
import type { Certificate } from '../content.ts';
import { stateOf } from '../content.ts';
import { readCertificateNumber } from '../number.ts';
import { renderCertificate } from '../render-certificate.ts';
import { certificateByNumber } from '../store.ts';
import { isSigned, type PullRequest, readRequest } from './read-request.ts';
import { certificateXml, responseXml } from './response-xml.ts';
import { isNewTransaction } from './store.ts';

export type Pulling = { root: 'PullURIRequest' | 'PullDocRequest'; body: Buffer; hmac: unknown };

/** A request that lay longer on its way may be somebody's copy. */
const patienceMs = 10 * 60_000;

/**
 * Answers DigiLocker: by the certificate's number (UDF1) its URI, by the URI the document. The request must bear
 * the issuer's HMAC, be fresh and come once; the certificate must be valid and bear the name DigiLocker knows.
 */
export async function pullDocument(ctx: Ctx, { root, body, hmac }: Pulling): Promise<string> {
  const settings = ctx.config.digilocker;
  if (!settings) throw notFound();
  if (!isSigned(body, hmac, settings.apiKey)) throw refused('unauthenticated', 'hmac_wrong');
  const request = readRequest(body);
  if (!request || request.root !== root || !request.txn || request.orgId !== settings.orgId)
    throw refused('malformed', 'request_unreadable');
  const now = ctx.clock.now();
  const age = Math.abs(now.getTime() - new Date(request.ts).getTime());
  if (!(age <= patienceMs)) throw refused('conflict', 'request_stale');
  const isNew = await ctx.db.transaction((tx) => isNewTransaction(tx, request.txn.slice(0, 200), now));
  if (!isNew) throw refused('conflict', 'request_replayed');
  const certificate = await wanted(ctx, request);
  if (certificate) await note(ctx, certificate, request);
  return responseXml(root, request, {
    at: now,
    document: certificate && (await documentOf(ctx, certificate, request)),
  });
}

async function wanted(ctx: Ctx, { root, fields }: PullRequest): Promise<Certificate | undefined> {
  const typed = root === 'PullURIRequest' ? fields['UDF1'] : fields['URI']?.split('-').at(-1);
  const read = readCertificateNumber(typed ?? '');
  if (typeof read === 'string') return undefined;
  const certificate = await certificateByNumber(ctx.db.read, read.certificateNo);
  if (!certificate || stateOf(certificate) !== 'valid') return undefined;
  const asked = fields['FullName'] ?? '';
  const names = [certificate.content.name.hi, certificate.content.name.en].filter((name) => name !== null);
  return names.some((name) => isSameName(asked, name)) ? certificate : undefined;
}

async function documentOf(ctx: Ctx, certificate: Certificate, request: PullRequest) {
  const settings = ctx.config.digilocker;
  const id = certificate.certificateNo.replaceAll('-', '');
  const isPdf = request.format !== 'xml';
  const isXml = request.format === 'xml' || request.format === 'both' || request.root === 'PullDocRequest';
  return {
    uri: `${settings?.issuerId}-${settings?.docType}-${id}`,
    pdf: isPdf ? (await renderCertificate(ctx, certificate)).toString('base64') : undefined,
    data: isXml ? Buffer.from(certificateXml(certificate)).toString('base64') : undefined,
  };
}

async function note(ctx: Ctx, certificate: Certificate, { root, txn }: PullRequest): Promise<void> {
  await ctx.db.transaction((tx) =>
    audit(tx, ctx, {
      action: 'certificate.pulled',
      subjectKind: 'certificate',
      subjectId: certificate.certificateNo,
      personId: certificate.personId,
      detail: { by: 'DigiLocker', request: root, txn },
    }),
  );
}

function refused(code: 'unauthenticated' | 'malformed' | 'conflict', reason: string): Refusal {
  const text = {
    hi: 'DigiLocker का यह अनुरोध स्वीकार नहीं हुआ।',
    en: 'This request of DigiLocker was not accepted.',
  };
  return new Refusal(code, text, { reason });
}
