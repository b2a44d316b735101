import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { invalid } from '../kernel/errors.ts';
import type { App, Runtime } from '../kernel/feature.ts';
import { authorRoles, readerRoles } from './policy.ts';
import { fileDetails } from './read-file.ts';
import { largestBytes, saveFile } from './save-file.ts';

const tags = ['catalogue'];
export const saved = z.object({
  fileId: z.string(),
  contentType: z.string(),
  bytes: z.number(),
  name: z.string(),
  durationSeconds: z
    .number()
    .nullable()
    .describe('Measured length of a recording; null where it is none, or its length cannot be read'),
  pageCount: z.number().nullable().describe('Of a PDF; null where it is none, or its pages cannot be read'),
});
const details = saved.extend({
  sha256: z.string(),
  createdAt: z.date(),
  usedBy: z.array(z.string()).describe('Codes of the courses whose lessons use it'),
});

export function fileApi(app: App, runtime: Runtime): void {
  app.get(
    '/api/v1/files/:id',
    {
      config: { access: { roles: readerRoles } },
      schema: {
        tags,
        summary: 'What is known of an uploaded file',
        params: z.object({ id: z.uuid() }),
        response: { 200: details },
      },
    },
    async (request) => {
      const file = await fileDetails(request.ctx, request.params.id);
      return { ...file, usedBy: file.usedBy.map((course) => course.code) };
    },
  );
  void app.register(async (scope) => uploadApi(scope as unknown as App, runtime));
}

function uploadApi(app: App, runtime: Runtime): void {
  // The body is handed on as a stream: a video never lies whole in memory. Multipart keeps its own reader.
  app.removeContentTypeParser(['application/json', 'text/plain', 'application/x-www-form-urlencoded']);
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.post(
    '/api/v1/files',
    {
      bodyLimit: largestBytes.video + 1_000_000,
      config: { access: { roles: authorRoles } },
      schema: {
        tags,
        summary: 'Keep a file of a lesson; the body is the file, or one file in a multipart form',
        description:
          'The content decides what it is: MP4 and WebM video up to 200 MB; MP3, M4A, OGG and WAV up to 100 MB; PDF up to 50 MB; ' +
          'PNG, JPEG and WebP up to 10 MB; WebVTT captions up to 2 MB, whose cues must be readable.',
        querystring: z.object({ name: z.string().max(200).optional(), _csrf: z.string().optional() }),
        response: { 201: saved },
      },
    },
    async (request, reply) => {
      const upload = await uploadOf(request);
      const name = request.query.name ?? upload.name;
      const file = await saveFile(request.ctx, runtime.storage, { ...upload, name });
      return reply.status(201).header('location', `/api/v1/files/${file.fileId}`).send(file);
    },
  );
}

async function uploadOf(request: FastifyRequest): Promise<{ source: Readable; name: string }> {
  if (!request.isMultipart())
    return { source: request.body instanceof Readable ? request.body : Readable.from([]), name: 'file' };
  const part = await request.file({ limits: { fileSize: largestBytes.video + 1_000_000 } });
  if (part) return { source: part.file, name: part.filename };
  const text = { hi: 'प्रपत्र में कोई फ़ाइल नहीं है।', en: 'The form holds no file.' };
  throw invalid([{ path: 'file', code: 'no_file', text }], text);
}
