import type { Bilingual } from './i18n.ts';

/** The expected refusals and the HTTP status of each; anything that is not a Refusal is a bug. */
export const statusByCode = {
  invalid: 422,
  malformed: 400,
  unauthenticated: 401,
  second_factor_needed: 403,
  notice_needed: 403,
  forbidden: 403,
  csrf: 403,
  not_found: 404,
  conflict: 409,
  has_dependents: 409,
  gone: 410,
  precondition: 412,
  too_large: 413,
  unsupported_type: 415,
  locked: 423,
  too_many: 429,
  unavailable: 503,
  no_room: 507,
} as const;

export type RefusalCode = keyof typeof statusByCode;

/** One wrong field of an input: `path` as in the form or the JSON. */
export type FieldError = { path: string; code: string; text: Bilingual };

/**
 * An expected refusal: a stable kind, a more exact `reason` (stable too), the public text in both
 * languages, and details that may be shown. Thrown by commands, shown once at the edge.
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly reason: string;
  readonly text: Bilingual;
  readonly fields: FieldError[];
  readonly details: Record<string, unknown>;

  constructor(
    code: RefusalCode,
    text: Bilingual,
    more: { reason?: string; fields?: FieldError[]; details?: Record<string, unknown> } = {},
  ) {
    super(text.en);
    this.name = 'Refusal';
    this.code = code;
    this.reason = more.reason ?? code;
    this.text = text;
    this.fields = more.fields ?? [];
    this.details = more.details ?? {};
  }

  get status(): number {
    return statusByCode[this.code];
  }
}

/** Not there, or not visible to this actor: the two must look alike. */
export function notFound(what?: Bilingual): Refusal {
  return new Refusal(
    'not_found',
    what ?? { hi: 'यह पृष्ठ या अभिलेख नहीं मिला।', en: 'This page or record was not found.' },
  );
}

export function forbidden(): Refusal {
  return new Refusal('forbidden', {
    hi: 'इस कार्य का अधिकार आपके खाते को नहीं है।',
    en: 'Your account does not have the right to do this.',
  });
}

export function unauthenticated(): Refusal {
  return new Refusal('unauthenticated', { hi: 'पहले साइन-इन करें।', en: 'Sign in first.' });
}

/** To who was signed in until a moment ago: the same refusal, with the reason in its text. */
export function sessionEnded(): Refusal {
  return new Refusal('unauthenticated', {
    hi: 'आपका सत्र समाप्त हो गया है। फिर से साइन-इन करें।',
    en: 'Your session has ended. Sign in again.',
  });
}

/** What disks, quotas and PostgreSQL's own disk say when nothing more goes in. */
const fullCodes = new Set(['ENOSPC', 'EDQUOT', '53100']);

export function isNoRoom(error: unknown): boolean {
  return error instanceof Error && 'code' in error && fullCodes.has(String(error.code));
}

export function noRoom(): Refusal {
  return new Refusal('no_room', {
    hi: 'सर्वर की डिस्क भर गई है, इसलिए यह अभी नहीं रखा जा सकता। व्यवस्थापक को बताएँ; जगह बनने पर फिर करें।',
    en: 'The server’s disk is full, so this cannot be kept now. Tell the operator; try again once there is room.',
  });
}

export function invalid(fields: FieldError[], text?: Bilingual): Refusal {
  return new Refusal(
    'invalid',
    text ?? { hi: 'कुछ प्रविष्टियाँ ठीक नहीं हैं।', en: 'Some entries need correcting.' },
    { fields },
  );
}
