import type { Config } from '../../kernel/config.ts';
import { formatDay, startOfDay } from '../../kernel/dates.ts';
import { translator } from '../../kernel/i18n.ts';
import type { Certificate, TwoScripts } from '../content.ts';
import { verifyUrl } from '../render-certificate.ts';
import { issuerDid, issuerUrl } from './issuer.ts';
import { statusPosition } from './status-position.ts';

export const credentialsContext = 'https://www.w3.org/ns/credentials/v2';
export const badgesContext = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
const badgeSchema =
  'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json';

/** The certificate as an Open Badge 3.0, that is, a W3C Verifiable Credential 2.0; not yet signed. */
export function openBadge(certificate: Certificate, config: Config) {
  const { content } = certificate;
  return {
    '@context': [credentialsContext, badgesContext],
    id: verifyUrl(certificate.certificateNo, config),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: first(content.course.title),
    issuer: issuerOf(certificate, config),
    validFrom: instant(certificate.issuedAt),
    credentialSubject: {
      type: ['AchievementSubject'],
      identifier: [
        { type: 'IdentityObject', hashed: false, identityHash: first(content.name), identityType: 'name' },
      ],
      activityEndDate: instant(startOfDay(content.completedDay)),
      achievement: achievementOf(certificate, config),
    },
    credentialStatus: statusEntry(certificate.statusIndex, config),
    credentialSchema: [{ id: badgeSchema, type: '1EdTechJsonSchemaValidator2019' }],
  };
}

function issuerOf({ content }: Certificate, config: Config) {
  const { officeId, department, government } = content.issuer;
  return {
    id: issuerDid(config, officeId),
    type: ['Profile'],
    name: first(department ?? government),
    url: issuerUrl(config, officeId),
  };
}

function achievementOf({ content }: Certificate, config: Config) {
  const { code, title } = content.course;
  return {
    id: `${config.baseUrl}/courses/${encodeURIComponent(code)}`,
    type: ['Achievement'],
    achievementType: 'CertificateOfCompletion',
    humanCode: code,
    inLanguage: title.hi ? 'hi' : 'en',
    name: first(title),
    description: [title.hi, title.en].filter(Boolean).join(' · '),
    criteria: { narrative: criteria(content.minutes, content.completedDay) },
  };
}

function criteria(minutes: number, day: string): string {
  const said = (language: 'hi' | 'en') =>
    translator(language)('credentials.badgeCriteria', { minutes, day: formatDay(day, language) });
  return `${said('hi')} · ${said('en')}`;
}

export function statusEntry(statusIndex: number, config: Config) {
  const { list, position } = statusPosition(statusIndex);
  const address = statusListUrl(list, config);
  return {
    id: `${address}#${position}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(position),
    statusListCredential: address,
  };
}

export function statusListUrl(list: number, config: Config): string {
  return `${config.baseUrl}/status-lists/${list}`;
}

/** The list as a credential of its own. */
export function statusListCredential(
  list: number,
  encodedList: string,
  given: { config: Config; asOf: Date; ttlMs: number },
) {
  const id = statusListUrl(list, given.config);
  return {
    '@context': [credentialsContext],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: issuerDid(given.config),
    validFrom: instant(given.asOf),
    credentialSubject: {
      id: `${id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      ttl: given.ttlMs,
      encodedList,
    },
  };
}

function first(text: TwoScripts): string {
  return text.hi ?? text.en ?? '';
}

/** Whole seconds: milliseconds are allowed, and read wrongly by some. */
function instant(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, 'Z');
}
