import type { FastifyRequest } from 'fastify';
import { type FieldError, invalid } from '../../../kernel/errors.ts';
import { fieldText } from '../../../kernel/field-texts.ts';
import type { FormValues } from '../../../kernel/http/answer-form.ts';
import type { Storage } from '../../../kernel/storage.ts';
import { largestCertificate, makeClaim } from '../make-claim.ts';
import { type ClaimInput, claimInput } from '../schema.ts';

// What is cut off here is still too large for whoever keeps it: a file is refused, never shortened.
const largestFile = largestCertificate + 1_000_000;

/** Reads a claim's form as it comes: its fields into `values`, then the certificate, which stands last. */
export async function receiveClaim(
  request: FastifyRequest,
  storage: Storage,
  { values, forPersonId }: { values: FormValues; forPersonId?: string },
): Promise<{ id: string }> {
  if (!request.isMultipart()) throw invalid([fault('file', 'claim_file')]);
  for await (const part of request.parts({ limits: { fileSize: largestFile, files: 1, fields: 20 } })) {
    if (part.type === 'field') {
      if (typeof part.value === 'string' && part.value.trim() !== '')
        take(values, part.fieldname, part.value);
      continue;
    }
    const { file, filename } = part;
    try {
      const claim = parsed(values, filename ? [] : [fault('file', 'claim_file')]);
      const certificate = { source: file, name: filename };
      return await makeClaim(request.ctx, storage, { claim, file: certificate, forPersonId });
    } finally {
      // Refused before it was read, it would stand still behind the answer.
      file.resume();
    }
  }
  parsed(values, [fault('file', 'claim_file')]);
  throw invalid([fault('file', 'claim_file')]);
}

/** Of what may be chosen several times, all; of everything else the last. */
function take(values: FormValues, name: string, value: string): void {
  values[name] = name === 'topics' && values[name] ? `${values[name]},${value}` : value;
}

/** The fields, or all that is wrong with them and the file at once. */
function parsed(values: FormValues, more: FieldError[]): ClaimInput {
  const found = claimInput.safeParse(values);
  if (found.success && more.length === 0) return found.data;
  const issues = found.success ? [] : found.error.issues;
  const faults = issues.map(({ path, message }) => fault(path.join('.'), message));
  throw invalid([...faults, ...more]);
}

function fault(path: string, code: string): FieldError {
  const text = fieldText(code) ?? fieldText('required') ?? { hi: code, en: code };
  return { path, code, text };
}
