/**
 * What a failed delivery means for whoever must not send twice: `address`: this address takes no messages; `refused`:
 * this message was refused for good; `later`: nothing was taken, it may be tried again; `unknown`: it may have left.
 */
export type DeliveryFailure = 'address' | 'refused' | 'later' | 'unknown';

/** A gateway's answer that is no success. */
export class GatewayAnswer extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`The SMS gateway answered ${status}.`);
    this.status = status;
  }
}

const neverReached = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EDNS',
]);

export function failureOf(error: unknown): DeliveryFailure {
  if (error instanceof GatewayAnswer) return ofStatus(error.status);
  const { code, errno, command, responseCode, cause } = partsOf(error);
  if (responseCode !== undefined) {
    if (responseCode < 500 || code === 'EAUTH') return 'later';
    return command?.startsWith('RCPT') ? 'address' : 'refused';
  }
  if ([code, errno, partsOf(cause).code].some((one) => neverReached.has(String(one)))) return 'later';
  // The connection, the greeting and the words before DATA carry no message.
  return command !== undefined && /^(CONN|EHLO|HELO|STARTTLS|AUTH|MAIL|RCPT)/.test(command)
    ? 'later'
    : 'unknown';
}

/** A server that failed while it worked may have passed the message on. */
function ofStatus(status: number): DeliveryFailure {
  if (status === 429 || status === 503) return 'later';
  return status >= 500 ? 'unknown' : 'refused';
}

type Parts = { code?: string; errno?: string; command?: string; responseCode?: number; cause?: unknown };

function partsOf(error: unknown): Parts {
  return typeof error === 'object' && error !== null ? (error as Parts) : {};
}
