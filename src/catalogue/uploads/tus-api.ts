import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../../kernel/errors.ts';
import type { App, Runtime } from '../../kernel/feature.ts';
import { saved } from '../file-api.ts';
import { authorRoles } from '../policy.ts';
import { beginResumable, largestUpload } from './begin-upload.ts';
import { continueUpload } from './continue-upload.ts';
import { discardUpload } from './discard-uploads.ts';
import { finishUpload } from './finish-upload.ts';
import { type Progress, uploadProgress } from './own-upload.ts';

const tags = ['catalogue'];
const config = { access: { roles: authorRoles } };
const params = z.object({ id: z.uuid() });
const nothing = z.null().describe('No body; the answer is in the headers');
const wholeNumber = z.coerce.number().int().min(0);
const pieceType = 'application/offset+octet-stream';

/** The tus protocol 1.0 (core, creation, expiration, termination), and making a file of what has come. */
export function tusApi(parent: App, runtime: Runtime): void {
  void parent.register(async (scope) => {
    const app = scope as unknown as App;
    app.removeContentTypeParser(['application/json', 'text/plain', 'application/x-www-form-urlencoded']);
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    app.addHook('onRequest', async (request, reply) => {
      reply.headers({ 'tus-resumable': '1.0.0', 'cache-control': 'no-store' });
      if (/HEAD|PATCH/.test(request.method) && request.headers['tus-resumable'] !== '1.0.0')
        throw wrongVersion(reply);
    });
    beginRoutes(app);
    pieceRoutes(app);
    endRoutes(app, runtime);
  });
}

function beginRoutes(app: App): void {
  app.options(
    '/api/v1/uploads',
    {
      config,
      schema: { tags, summary: 'What the uploads of this server can do (tus)', response: { 204: nothing } },
    },
    async (_request, reply) => {
      reply.status(204).headers({ ...capabilities, 'tus-max-size': largestUpload });
      return reply.send(null);
    },
  );
  app.post(
    '/api/v1/uploads',
    {
      config,
      schema: {
        tags,
        summary: 'Begin an upload that can be interrupted (tus creation)',
        description:
          'Headers: `Upload-Length` in bytes, `Upload-Metadata: filename <base64>`. The address in `Location` takes ' +
          'the pieces by PATCH and tells by HEAD how much has come; kept for ten days.',
        response: { 201: nothing },
      },
    },
    async (request, reply) => {
      const bytes = numberIn(request, 'upload-length');
      const upload = await beginResumable(request.ctx, { bytes, name: nameIn(request) });
      tell(reply, upload).status(201).header('location', `/api/v1/uploads/${upload.uploadId}`);
      return reply.send(null);
    },
  );
}

function pieceRoutes(app: App): void {
  app.head(
    '/api/v1/uploads/:id',
    {
      config,
      schema: { tags, summary: 'How much of an upload has come (tus)', params, response: { 200: nothing } },
    },
    async (request, reply) => tell(reply, await uploadProgress(request.ctx, request.params.id)).send(),
  );
  app.patch(
    '/api/v1/uploads/:id',
    {
      bodyLimit: largestUpload,
      config,
      schema: {
        tags,
        summary: 'The next piece of an upload (tus)',
        description: `Body: ${pieceType}; header \`Upload-Offset\`: where it begins, which is where the last one ended.`,
        params,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      if (request.headers['content-type'] !== pieceType) throw wrongBody();
      const source = request.body instanceof Readable ? request.body : Readable.from([]);
      const length = Number(request.headers['content-length']) || undefined;
      const piece = { source, length, offset: numberIn(request, 'upload-offset') };
      return tell(reply, await continueUpload(request.ctx, request.params.id, piece))
        .status(204)
        .send(null);
    },
  );
}

function endRoutes(app: App, runtime: Runtime): void {
  app.delete(
    '/api/v1/uploads/:id',
    { config, schema: { tags, summary: 'Throw an upload away (tus)', params, response: { 204: nothing } } },
    async (request, reply) => {
      await discardUpload(request.ctx, request.params.id);
      return reply.status(204).send(null);
    },
  );
  app.post(
    '/api/v1/uploads/:id/file',
    {
      config,
      schema: {
        tags,
        summary: 'Make a file of a lesson from an upload that has come whole',
        description: 'Examined as POST /api/v1/files does. Asked again, it tells the same file.',
        params,
        response: { 201: saved },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await finishUpload(request.ctx, runtime.storage, request.params.id)),
  );
}

const capabilities = { 'tus-version': '1.0.0', 'tus-extension': 'creation,expiration,termination' };

function tell(reply: FastifyReply, upload: Progress): FastifyReply {
  return reply.headers({
    'upload-offset': upload.offset,
    'upload-length': upload.bytes,
    'upload-expires': upload.expiresAt.toUTCString(),
  });
}

function numberIn(request: FastifyRequest, name: string): number {
  const read = wholeNumber.safeParse(request.headers[name]);
  if (read.success) return read.data;
  const text = { hi: `${name} शीर्षक में संख्या चाहिए।`, en: `The header ${name} must be a number.` };
  throw new Refusal('malformed', text, { reason: 'bad_header' });
}

/** `filename` of the metadata; a name that cannot be read is none, as for every upload without one. */
function nameIn(request: FastifyRequest): string {
  const metadata = String(request.headers['upload-metadata'] ?? '').slice(0, 4000);
  const encoded = /(?:^|,)\s*(?:filename|name) ([A-Za-z0-9+/=]+)/.exec(metadata)?.[1];
  return encoded ? Buffer.from(encoded, 'base64').toString('utf8') : 'file';
}

function wrongVersion(reply: FastifyReply): Refusal {
  reply.headers(capabilities);
  const text = { hi: 'शीर्षक Tus-Resumable: 1.0.0 चाहिए।', en: 'The header Tus-Resumable: 1.0.0 is needed.' };
  return new Refusal('precondition', text, { reason: 'tus_version' });
}

function wrongBody(): Refusal {
  const text = { hi: `भाग ${pieceType} के रूप में भेजें।`, en: `Send the piece as ${pieceType}.` };
  return new Refusal('unsupported_type', text);
}
