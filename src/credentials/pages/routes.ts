import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Ctx, scopesOf } from '../../kernel/context.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { disposition } from '../../kernel/http/disposition.ts';
import { isLanguage, type Language, translator } from '../../kernel/i18n.ts';
import { rolesSeeingPersons } from '../../organisations/index.ts';
import { keepPaper } from '../../people/index.ts';
import { flash, seeOther } from '../../shell/site/index.ts';
import { openBadge } from '../badges/open-badge.ts';
import { signCredential } from '../badges/sign-credential.ts';
import type { Certificate } from '../content.ts';
import { certificateDetail, ownCertificates, searchCertificates } from '../list-certificates.ts';
import { addressOfOther } from '../other-numbers.ts';
import { mayChangeCertificatesOf, rolesChangingCertificates } from '../policy.ts';
import { certificateEtag, renderCertificate } from '../render-certificate.ts';
import { changeDetail, correctAndReplace } from '../replace-certificate.ts';
import { revokeCertificate } from '../revoke-certificate.ts';
import { byNumber, ownListQuery, reasonInput, replacementInput, verificationShape } from '../schema.ts';
import { verificationAnswer } from '../shapes.ts';
import { type Verdict, verifyCertificate, verifyQrText } from '../verify-certificate.ts';
import { type ChangeKind, sendChangePage, sendDesk } from './desk.tsx';
import { GuessLimit } from './guess-limit.ts';
import { sendOwnCertificates } from './own-certificates.tsx';
import { sendVerifyPage } from './verify.tsx';

/** Generous, since a whole office may stand behind one address; guessing is counted on its own. */
const publicLimit = { max: 300, timeWindow: '1 minute' };

export function credentialsPages(app: App): void {
  ownPages(app);
  verifyPages(app);
  deskPages(app);
}

function ownPages(app: App): void {
  app.get(
    '/certificates',
    { config: { access: 'person' }, schema: { querystring: ownListQuery, hide: true } },
    async (request, reply) =>
      sendOwnCertificates(
        request,
        reply,
        await ownCertificates(request.ctx, { ...request.query, limit: 20 }),
      ),
  );
  app.get(
    '/certificates/:file',
    {
      config: { access: 'signed-in', file: 'certificate' },
      schema: { params: z.object({ file: z.string().max(100) }), hide: true },
    },
    async (request, reply) => {
      const { file } = request.params;
      if (file.endsWith('.jwt')) return sendBadge(request, reply, file.slice(0, -'.jwt'.length));
      if (!file.endsWith('.pdf')) throw notFound();
      const certificateNo = file.slice(0, -'.pdf'.length);
      const certificate = await certificateDetail(request.ctx, certificateNo).catch(
        async (refusal: unknown) => {
          if (await hasEnded(request.ctx, certificateNo)) return undefined;
          throw refusal;
        },
      );
      if (!certificate) return seeOther(reply, `/verify/${encodeURIComponent(certificateNo)}`);
      const etag = certificateEtag(certificate, request.ctx.config);
      reply.header('etag', etag).header('cache-control', 'private, no-cache');
      if (request.headers['if-none-match'] === etag) return reply.status(304).send();
      const pdf = await renderCertificate(request.ctx, certificate);
      await keepPaper(request.ctx, paperOf(certificate, 'pdf'));
      return reply
        .type('application/pdf')
        .header('content-disposition', disposition('inline', `${certificate.certificateNo}.pdf`))
        .send(pdf);
    },
  );
}

function paperOf({ personId, certificateNo }: Certificate, format: 'pdf' | 'jwt') {
  return { kind: 'certificate', format, personId, detail: { of: certificateNo } } as const;
}

/** A saved link to a certificate that was replaced or revoked: the public check says what became of it. */
async function hasEnded(ctx: Ctx, certificateNo: string): Promise<boolean> {
  const { state } = await verifyCertificate(ctx, certificateNo);
  return state === 'replaced' || state === 'revoked';
}

/** The signed Open Badge, to be put into a wallet or sent on. */
async function sendBadge(request: FastifyRequest, reply: FastifyReply, certificateNo: string) {
  const certificate = await certificateDetail(request.ctx, certificateNo);
  const badge = await signCredential(request.ctx.db, openBadge(certificate, request.ctx.config));
  await keepPaper(request.ctx, paperOf(certificate, 'jwt'));
  return reply
    .type('application/vc+jwt')
    .header('cache-control', 'private, no-store')
    .header('content-disposition', disposition('attachment', `${certificate.certificateNo}.jwt`))
    .send(badge);
}

function verifyPages(app: App): void {
  const limit = new GuessLimit();
  app.get(
    '/verify',
    {
      config: { access: 'public', rateLimit: publicLimit },
      schema: { querystring: z.object({ no: z.string().max(2000).optional() }), hide: true },
    },
    async (request, reply) => {
      const typed = request.query.no?.trim();
      if (typed === undefined) return sendVerifyPage(request, reply, {});
      if (typed === '') return sendVerifyPage(request, reply, { errors: [emptyField(request)] });
      return checkTyped(request, reply, { typed, limit });
    },
  );
  app.get(
    '/verify/:certificateNo',
    {
      config: { access: 'public', rateLimit: publicLimit },
      schema: {
        tags: ['certificates'],
        summary: 'Check a certificate (HTML, or JSON by Accept: application/json)',
        params: byNumber,
        response: {
          200: {
            description: 'Issued once: whether it stands. A number never issued is 404.',
            content: {
              'application/json': { schema: verificationShape },
              'text/html': { schema: z.string() },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const typed = request.params.certificateNo;
      const other = addressOfOther(typed);
      if (other) return seeOther(reply, other);
      const verdict = await asked(request, { typed, limit });
      if (wantsJson(request)) return sendVerification(request, reply, verdict);
      return sendVerifyPage(request, reply, { typed, verdict });
    },
  );
}

type Asked = { typed: string; limit: GuessLimit };

async function asked({ ctx }: FastifyRequest, { typed, limit }: Asked): Promise<Verdict> {
  const from = { ip: ctx.ip, now: ctx.clock.now() };
  limit.require(from);
  const verdict = await verifyCertificate(ctx, typed);
  if (!('certificate' in verdict)) limit.miss(from);
  return verdict;
}

async function checkTyped(request: FastifyRequest, reply: FastifyReply, { typed, limit }: Asked) {
  const other = addressOfOther(lastPart(typed));
  if (other) return seeOther(reply, other);
  const qr = await verifyQrText(request.ctx, typed);
  if (qr === 'forged') return sendVerifyPage(request, reply, { typed: '', verdict: { state: 'forged' } });
  if (typeof qr === 'object')
    return sendVerifyPage(request, reply, { typed: '', verdict: qr.verdict, signed: qr.signed });
  const verdict = await asked(request, { typed: lastPart(typed), limit });
  if ('certificate' in verdict) return seeOther(reply, `/verify/${verdict.certificate.certificateNo}`);
  return sendVerifyPage(request, reply, { typed, verdict });
}

/** Somebody may paste the whole address of a check page. */
function lastPart(typed: string): string {
  return typed.includes('/verify/') ? (typed.split('/verify/').at(-1) ?? typed) : typed;
}

function sendVerification(request: FastifyRequest, reply: FastifyReply, verdict: Verdict) {
  reply.header('vary', 'Accept, Accept-Language').header('cache-control', 'no-store');
  if (!('certificate' in verdict)) throw neverIssued(verdict.state);
  const answer = verificationShape.parse(verificationAnswer(verdict, askedLanguage(request)));
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer));
}

function neverIssued(state: 'unknown' | 'mistyped'): Refusal {
  const key = state === 'mistyped' ? 'credentials.verdictMistyped' : 'credentials.verdictUnknown';
  const text = { hi: translator('hi')(key), en: translator('en')(key) };
  return new Refusal('not_found', text, {
    reason: state === 'mistyped' ? 'certificate_number_mistyped' : 'not_found',
  });
}

/** Programs say their language in a header; pages keep it in a cookie. */
function askedLanguage(request: FastifyRequest): Language {
  const asked = (request.headers['accept-language'] ?? '').trim().slice(0, 2).toLowerCase();
  return isLanguage(asked) ? asked : request.ctx.language;
}

function wantsJson(request: FastifyRequest): boolean {
  return (request.headers.accept ?? '').includes('json');
}

function emptyField(request: FastifyRequest) {
  return { field: 'no', text: translator(request.ctx.language)('credentials.fieldEmpty') };
}

function deskPages(app: App): void {
  app.get(
    '/office/certificates',
    {
      config: { access: { roles: rolesSeeingPersons } },
      schema: { querystring: z.object({ no: z.string().max(100).optional() }), hide: true },
    },
    async (request, reply) => {
      const typed = request.query.no?.trim() ?? '';
      const found = typed ? await searchCertificates(request.ctx, typed) : [];
      const changeable = await Promise.all(
        found.map((certificate) => mayChangeCertificatesOf(request.ctx, certificate.personId)),
      );
      const mayChange = (certificate: (typeof found)[number]) =>
        changeable[found.indexOf(certificate)] ?? false;
      const isKeeper = scopesOf(request.ctx.actor, rolesChangingCertificates).length > 0;
      return sendDesk(request, reply, { typed, found, mayChange, isKeeper });
    },
  );
  changePages(app, 'revocation', async (request, reply, input) => {
    const { certificateNo } = await revokeCertificate(request.ctx, input);
    flash(reply, { kind: 'success', key: 'credentials.revokedFlash', vars: { number: certificateNo } });
    return seeOther(reply, `/office/certificates?no=${certificateNo}`);
  });
  changePages(app, 'replacement', async (request, reply, input) => {
    const newNumber = await correctAndReplace(request.ctx, input);
    const vars = { number: input.certificateNo, newNumber };
    flash(reply, { kind: 'success', key: 'credentials.replacedFlash', vars });
    return seeOther(reply, `/office/certificates?no=${newNumber}`);
  });
}

type Change = (
  request: FastifyRequest,
  reply: FastifyReply,
  input: { certificateNo: string } & z.infer<typeof replacementInput>,
) => Promise<unknown>;

function changePages(app: App, kind: ChangeKind, change: Change): void {
  const url = `/office/certificates/:certificateNo/${kind}`;
  const config = { access: { roles: rolesChangingCertificates } };
  const draw = async (request: FastifyRequest, reply: FastifyReply, state: FormState) => {
    const { certificateNo } = byNumber.parse(request.params);
    const detail = await changeDetail(request.ctx, certificateNo);
    return sendChangePage(request, reply, { kind, ...detail, state });
  };
  app.get(url, { config, schema: { params: byNumber, hide: true } }, (request, reply) =>
    draw(request, reply, emptyForm),
  );
  app.post(url, { config, schema: { params: byNumber, hide: true } }, (request, reply) =>
    answerForm(request, reply, {
      schema: kind === 'replacement' ? replacementInput : reasonInput,
      submit: (input) => change(request, reply, { ...request.params, ...input }),
      redraw: (state) => draw(request, reply, state),
    }),
  );
}
