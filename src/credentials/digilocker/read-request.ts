import { createHmac, timingSafeEqual } from 'node:crypto';
import { SaxesParser } from 'saxes';

/** What DigiLocker asks for; names of fields are those of its issuer interface. */
export type PullRequest = {
  root: string;
  txn: string;
  ts: string;
  orgId: string;
  format: string;
  fields: Record<string, string>;
};

export const largestRequestBytes = 20_000;
const deepest = 4;

/** HMAC-SHA256 of the raw body with the issuer's key, as base64; compared without telling how much was right. */
export function isSigned(body: Buffer, given: unknown, apiKey: string): boolean {
  const expected = createHmac('sha256', apiKey).update(body).digest();
  const sent = Buffer.from(typeof given === 'string' ? given : '', 'base64');
  return sent.length === expected.length && timingSafeEqual(sent, expected);
}

/** Reads a request; undefined where it is no such XML. A document type, and with it any entity, is refused. */
export function readRequest(body: Buffer): PullRequest | undefined {
  try {
    return parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

function parse(text: string): PullRequest {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const request: PullRequest = { root: '', txn: '', ts: '', orgId: '', format: 'pdf', fields: {} };
  const open: string[] = [];
  const refuse = () => {
    throw new Error('not a request');
  };
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('opentag', ({ name, attributes }) => {
    open.push(localName(name));
    if (open.length > deepest) refuse();
    if (open.length > 1) return;
    const { txn = '', ts = '', orgId = '', format = 'pdf' } = attributes;
    Object.assign(request, { root: localName(name), txn, ts, orgId, format: format || 'pdf' });
  });
  parser.on('closetag', () => open.pop());
  const take = (value: string) => {
    const name = open.at(-1);
    if (name && open.length === 3) request.fields[name] = (request.fields[name] ?? '') + value.trim();
  };
  parser.on('text', take);
  parser.on('cdata', take);
  parser.write(text).close();
  return request;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
