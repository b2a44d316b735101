import { resolve } from 'node:path';
import { z } from 'zod';
import { projectRoot } from './project-root.ts';

const flag = z
  .enum(['0', '1', 'true', 'false', ''])
  .default('')
  .transform((value) => value === '1' || value === 'true');

/** Every setting, from the environment only; each has its line in docs/settings.md (a test checks). */
const settings = z.object({
  DATABASE_URL: z.string().optional(),
  DATABASE_REPLICA_URL: z.string().optional(),
  DAKSH_DATA_DIR: z.string().default('.daksh'),
  DAKSH_SECRET: z.string().min(32).optional(),
  BASE_URL: z.url().optional(),
  CONTENT_BASE_URL: z.url().optional(),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('0.0.0.0'),
  WEB_PROCESSES: z.coerce.number().int().min(1).max(64).default(1),
  REPORTS_AT_ONCE: z.coerce.number().int().min(1).max(50).default(3),
  TIME_REPORT_DAYS: z.coerce.number().int().min(0).max(3650).default(35),
  TRUST_PROXY: flag,
  SMTP_URL: z.string().optional(),
  SMTP_FROM: z.string().optional(),
  SMS_URL: z.string().optional(),
  SMS_TOKEN: z.string().optional(),
  SMS_SENDER: z.string().optional(),
  SMS_TEMPLATE_OTP: z.string().optional(),
  SMS_TEMPLATE_TRAINING_DUE_HI: z.string().optional(),
  SMS_TEMPLATE_TRAINING_DUE_EN: z.string().optional(),
  DIGILOCKER_ORG_ID: z.string().optional(),
  DIGILOCKER_API_KEY: z.string().min(16).optional(),
  DIGILOCKER_ISSUER_ID: z.string().optional(),
  DIGILOCKER_DOC_TYPE: z
    .string()
    .regex(/^[A-Z]{5}$/)
    .default('TRCER'),
  DAKSH_DEFAULT_LANGUAGE: z.enum(['hi', 'en']).default('hi'),
});

export const settingNames = Object.keys(settings.shape);

export type Config = {
  databaseUrl?: string;
  replicaUrl?: string;
  dataDir: string;
  secret?: string;
  baseUrl: string;
  contentBaseUrl?: string;
  port: number;
  host: string;
  webProcesses: number;
  /** Of each web process. */
  reportsAtOnce: number;
  /** So long single reports of time are kept at least; 0: for good. */
  timeReportDays: number;
  trustProxy: boolean;
  smtp?: { url: string; from: string };
  sms?: {
    url: string;
    token?: string;
    sender?: string;
    otpTemplate?: string;
    /** By language; without one no reminder leaves by SMS in it. */
    reminderTemplates?: { hi?: string; en?: string };
  };
  /** Present once organisation, issuer and key are all given: DigiLocker may then pull certificates. */
  digilocker?: { orgId: string; apiKey: string; issuerId: string; docType: string };
  defaultLanguage: 'hi' | 'en';
  /** The demonstration: invented people, codes shown in a mailbox page, no second factor demanded. */
  isDemonstration: boolean;
};

/** Reads the environment once. Throws an Error whose message says what to set. */
export function readConfig(env: NodeJS.ProcessEnv, more: { isDemonstration?: boolean } = {}): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Settings need correcting (see docs/settings.md):\n${lines.join('\n')}`);
  }
  const s = parsed.data;
  return {
    databaseUrl: s.DATABASE_URL,
    replicaUrl: s.DATABASE_REPLICA_URL,
    // Not the working folder: `daksh` called from elsewhere must find the same data.
    dataDir: resolve(projectRoot(), s.DAKSH_DATA_DIR),
    secret: s.DAKSH_SECRET,
    baseUrl: (s.BASE_URL ?? `http://localhost:${s.PORT}`).replace(/\/$/, ''),
    contentBaseUrl: s.CONTENT_BASE_URL,
    port: s.PORT,
    host: s.HOST,
    webProcesses: s.WEB_PROCESSES,
    reportsAtOnce: s.REPORTS_AT_ONCE,
    timeReportDays: s.TIME_REPORT_DAYS,
    trustProxy: s.TRUST_PROXY,
    smtp: s.SMTP_URL ? { url: s.SMTP_URL, from: s.SMTP_FROM ?? 'daksh@localhost' } : undefined,
    sms: s.SMS_URL
      ? {
          ...{ url: s.SMS_URL, token: s.SMS_TOKEN, sender: s.SMS_SENDER, otpTemplate: s.SMS_TEMPLATE_OTP },
          reminderTemplates: { hi: s.SMS_TEMPLATE_TRAINING_DUE_HI, en: s.SMS_TEMPLATE_TRAINING_DUE_EN },
        }
      : undefined,
    digilocker: digilockerOf(s),
    defaultLanguage: s.DAKSH_DEFAULT_LANGUAGE,
    isDemonstration: more.isDemonstration ?? false,
  };
}

function digilockerOf(s: z.output<typeof settings>): Config['digilocker'] {
  const { DIGILOCKER_ORG_ID: orgId, DIGILOCKER_API_KEY: apiKey, DIGILOCKER_ISSUER_ID: issuerId } = s;
  return orgId && apiKey && issuerId
    ? { orgId, apiKey, issuerId, docType: s.DIGILOCKER_DOC_TYPE }
    : undefined;
}
