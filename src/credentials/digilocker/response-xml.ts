import type { Certificate } from '../content.ts';
import type { PullRequest } from './read-request.ts';

type Document = { uri: string; pdf?: string; data?: string };

/** The answer in DigiLocker's form: what was asked, echoed, with the document or status 0. */
export function responseXml(
  root: string,
  request: PullRequest,
  { at, document }: { at: Date; document?: Document },
): string {
  const name = root.replace('Request', 'Response');
  const status = document ? 1 : 0;
  const head = `<ResponseStatus Status="${status}" ts="${at.toISOString()}" txn="${escaped(request.txn)}">${status}</ResponseStatus>`;
  const echoed = Object.entries(request.fields).filter(
    ([field]) => /^\w{1,40}$/.test(field) && field !== 'URI',
  );
  const fields = root === 'PullURIRequest' ? echoed.map(([field, value]) => element(field, value)) : [];
  const given = document
    ? [
        ...(root === 'PullURIRequest' ? [element('URI', document.uri)] : []),
        element('DocContent', document.pdf),
        element('DataContent', document.data),
      ]
    : [];
  const details = [...fields, ...given].join('');
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<${name}>${head}<DocDetails>${details}</DocDetails></${name}>`;
}

/** What the certificate says, for programs. */
export function certificateXml({ certificateNo, content }: Certificate): string {
  const { name, course, issuer } = content;
  const office = issuer.department ?? issuer.government;
  const parts = [
    element('Number', certificateNo),
    element('NameHindi', name.hi ?? undefined),
    element('NameEnglish', name.en ?? undefined),
    element('CourseCode', course.code),
    element('CourseHindi', course.title.hi ?? undefined),
    element('CourseEnglish', course.title.en ?? undefined),
    element('Minutes', String(content.minutes)),
    element('CompletedOn', content.completedDay),
    element('IssuedOn', content.issuedDay),
    element('Issuer', office.hi ?? office.en ?? undefined),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Certificate>${parts.join('')}</Certificate>`;
}

function element(name: string, value: string | undefined): string {
  return value === undefined ? '' : `<${name}>${escaped(value)}</${name}>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/\p{Cc}/gu, ' ');
}
