import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { type FieldError, invalid, isNoRoom, noRoom, notFound, Refusal } from '../errors.ts';
import type { App, Runtime } from '../feature.ts';
import { fieldText } from '../field-texts.ts';
import { pick } from '../i18n.ts';
import { describeError } from '../log.ts';

/** Draws a refusal as a page; given by the shell, since the kernel has no pages. */
export type RenderProblem = (
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal | 'bug',
) => string;

/** One table from refusals to HTTP; everything else is a bug: 500, its request id, logged once, here. */
export function answerErrors(app: App, runtime: Runtime, render: RenderProblem): void {
  app.setErrorHandler(async (error, request, reply) => {
    const refusal = toRefusal(error as FastifyError);
    if (refusal === 'bug' || isDangling(error as FastifyError))
      runtime.log({ request: request.id, route: request.routeOptions.url, ...describeError(error) });
    return answer(request, reply, refusal, render);
  });
  app.setNotFoundHandler({}, async (request, reply) => answer(request, reply, notFound(), render));
}

type Answering = { request: FastifyRequest; reply: FastifyReply; render: RenderProblem };

/** Answers an error that came before the error handler could. */
export function answerError(error: Error, { request, reply, render }: Answering) {
  return answer(request, reply, toRefusal(error as FastifyError), render);
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal | 'bug',
  render: RenderProblem,
) {
  const status = refusal === 'bug' ? 500 : refusal.status;
  if (status === 429 || status === 503) reply.header('retry-after', '5');
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  reply.status(status).header('cache-control', 'no-store');
  if (wantsJson(request)) {
    return reply
      .serializer((value: unknown) => JSON.stringify(value))
      .type('application/problem+json')
      .send(problemOf(request, refusal, status));
  }
  const elsewhere = refusal !== 'bug' && request.method === 'GET' ? refusal.details['goTo'] : undefined;
  if (typeof elsewhere === 'string')
    return reply.redirect(`${elsewhere}?next=${encodeURIComponent(request.url)}`, 303);
  return reply.type('text/html; charset=utf-8').send(render(request, reply, refusal));
}

function wantsJson(request: FastifyRequest): boolean {
  if (request.url.startsWith('/api/')) return true;
  return (request.headers.accept ?? '').includes('json');
}

function problemOf(request: FastifyRequest, refusal: Refusal | 'bug', status: number) {
  const language = request.ctx?.language ?? 'hi';
  const text = refusal === 'bug' ? bugText : refusal.text;
  const base = { type: 'about:blank', title: pick(text, language), status, requestId: request.id };
  if (refusal === 'bug') return { ...base, code: 'internal' };
  const errors = refusal.fields.map((field) => ({
    path: field.path,
    code: field.code,
    text: pick(field.text, language),
  }));
  return { ...base, code: refusal.reason, ...(errors.length > 0 ? { errors } : {}), ...refusal.details };
}

export const bugText = {
  hi: 'सर्वर में त्रुटि हुई। कुछ देर बाद फिर प्रयास करें।',
  en: 'Something went wrong on the server. Please try again in a while.',
};

function toRefusal(error: FastifyError): Refusal | 'bug' {
  if (error instanceof Refusal) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    return invalid(error.validation.map((issue) => fieldOf(issue.instancePath, issue.message ?? '')));
  }
  if (error.statusCode === 413 || error.code === 'FST_REQ_FILE_TOO_LARGE') {
    return new Refusal('too_large', { hi: 'भेजी गई सामग्री बहुत बड़ी है।', en: 'What was sent is too large.' });
  }
  if (error.statusCode === 415) {
    return new Refusal('unsupported_type', {
      hi: 'यह फ़ाइल-प्रकार स्वीकार नहीं है।',
      en: 'This type of content is not accepted.',
    });
  }
  if (error.statusCode === 429) {
    return new Refusal('too_many', {
      hi: 'बहुत अधिक प्रयास हुए। कुछ देर बाद फिर करें।',
      en: 'Too many attempts. Try again in a while.',
    });
  }
  if (lockedElsewhere.has(String(error.code))) {
    return new Refusal('unavailable', {
      hi: 'इन्हीं अभिलेखों पर अभी कोई दूसरा काम चल रहा है, जैसे बड़ा आयात। कुछ भी नहीं बदला गया; कुछ क्षण बाद फिर करें।',
      en: 'Other work, such as a long import, is under way on the same records. Nothing was changed; try again in a moment.',
    });
  }
  if (isDangling(error)) {
    return new Refusal('conflict', {
      hi: 'जिससे यह जुड़ा है वह अभी-अभी हटा या बदल दिया गया, जैसे कोई आयात वापस लिया गया। कुछ भी नहीं बदला गया; पृष्ठ फिर खोलें।',
      en: 'What this belongs to has just been removed or changed, as by an import that was taken back. Nothing was changed; open the page again.',
    });
  }
  if (isNoRoom(error)) return noRoom();
  if (error.statusCode === 503 || isDatabaseAway(error)) {
    return new Refusal('unavailable', {
      hi: 'सर्वर व्यस्त है। कुछ क्षण बाद फिर करें।',
      en: 'The server is busy. Try again in a moment.',
    });
  }
  if (isBadValue(error)) {
    return new Refusal('malformed', { hi: 'अनुरोध समझ में नहीं आया।', en: 'The request was not understood.' });
  }
  return 'bug';
}

function fieldOf(instancePath: string, message: string): FieldError {
  const path = instancePath.replace(/^\//, '').replaceAll('/', '.');
  const known = fieldText(message);
  if (known) return { path, code: message, text: known };
  return {
    path,
    code: 'invalid',
    text: { hi: `यह प्रविष्टि ठीक नहीं है: ${path || 'अनुरोध'}`, en: `${path || 'request'}: ${message}` },
  };
}

/** PostgreSQL's lock_not_available, deadlock_detected and serialization_failure: the transaction was undone whole. */
const lockedElsewhere = new Set(['55P03', '40P01', '40001']);

/** foreign_key_violation: what was read is gone before it is written beside. Logged too, since it could be a fault of ours. */
function isDangling({ code }: FastifyError): boolean {
  return String(code) === '23503';
}

/** PostgreSQL stops, starts or is not reached: what was asked may be asked again in a moment. */
function isDatabaseAway(error: FastifyError): boolean {
  const code = String(error.code ?? '');
  if (/^(08|57P0)/.test(code)) return true;
  if (['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE'].includes(code) && 'syscall' in error)
    return code !== 'ENOENT' || error.syscall === 'connect';
  return /^(Connection terminated|Client has encountered a connection error|timeout e(xceeded when trying to connect|xpired))/.test(
    error.message,
  );
}

/** Malformed JSON, and values that PostgreSQL cannot read as what they should be (a bad UUID, a NUL byte). */
function isBadValue(error: FastifyError): boolean {
  if (
    /^(Multipart: Boundary not found|Unexpected end of (form|multipart data)|Malformed part header)/i.test(
      error.message,
    )
  )
    return true;
  const code = String(error.code ?? '');
  if (
    code === '22P02' ||
    code === '22021' ||
    code === '22P05' ||
    code === '22007' ||
    code === '22008' ||
    code === '22003'
  )
    return true;
  return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500;
}
