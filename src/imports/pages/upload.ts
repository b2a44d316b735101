import type { FastifyRequest } from 'fastify';
import { type FieldError, invalid, Refusal } from '../../kernel/errors.ts';
import type { FormValues } from '../../kernel/http/answer-form.ts';
import { importById } from '../../kernel/imports/index.ts';
import { requireKind, takeFile } from '../import-file.ts';
import { workOn } from '../jobs.ts';
import { kindsFor } from '../policy.ts';
import { cutOff, wholeFile } from '../whole-file.ts';

const largestFile = 1_000_000_000;

const missing: Record<'kind' | 'file', FieldError> = {
  kind: {
    path: 'kind',
    code: 'required',
    text: { hi: 'बताएँ कि फ़ाइल में क्या है।', en: 'Say what the file holds.' },
  },
  file: { path: 'file', code: 'required', text: { hi: 'फ़ाइल चुनें।', en: 'Choose a file.' } },
};

/**
 * Reads the form of an upload as it comes: its fields into `values`, then the file straight into staging.
 * Returns the import's id, with its difference computed or on its way.
 */
export async function receiveUpload(request: FastifyRequest, values: FormValues): Promise<string> {
  const { ctx } = request;
  for await (const part of partsOf(request)) {
    if (part.type === 'field') {
      if (typeof part.value === 'string' && part.value !== '') values[part.fieldname] = part.value;
      continue;
    }
    const kind = values['kind'] ?? '';
    if (!kindsFor(ctx).includes(kind)) {
      part.file.resume();
      throw invalid([missing.kind]);
    }
    if (!part.filename) {
      part.file.resume();
      throw invalid([missing.file]);
    }
    return lookAt(request, { kind, name: part.filename, source: wholeFile(part.file), values });
  }
  throw invalid([values['kind'] ? missing.file : missing.kind]);
}

/** The form's parts; a body that is no form, or breaks off before its end, is refused. */
async function* partsOf(request: FastifyRequest) {
  if (!request.isMultipart()) throw invalid([missing.file]);
  try {
    yield* request.parts({ limits: { fileSize: largestFile, files: 1, fields: 10 } });
  } catch (error) {
    if (error instanceof Refusal || (error as { statusCode?: number }).statusCode === 413) throw error;
    throw cutOff();
  }
}

type Upload = { kind: string; name: string; source: AsyncIterable<Uint8Array>; values: FormValues };

async function lookAt(request: FastifyRequest, { kind, name, source, values }: Upload): Promise<string> {
  const { ctx } = request;
  const isComplete = kind === 'roster' && values['complete'] !== undefined;
  const importId = await takeFile(ctx, requireKind(kind), {
    source,
    name: name.slice(0, 200),
    flags: {
      office: values['office']?.trim() || undefined,
      complete: isComplete,
      allOrNothing: false,
      allowManyEnded: false,
    },
  });
  await request.confirmAccess();
  const row = await importById(ctx.db.read, importId);
  await workOn(ctx, { importId, act: 'check', rows: row?.reading?.rows ?? 0 });
  return importId;
}
