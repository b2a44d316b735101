import type { Runtime } from '../../kernel/feature.ts';
import { type Finding, finding } from './finding.ts';

/** What the environment says, or does not. */
export function settingFindings({ config }: Runtime): Finding[] {
  const hasChannel = Boolean(config.smtp ?? config.sms);
  return [
    finding('DAKSH_SECRET', config.secret !== undefined, {
      seen: config.secret
        ? { hi: 'दिया गया है।', en: 'is given.' }
        : { hi: 'नहीं दिया गया।', en: 'is not given.' },
      todo: {
        hi: '`daksh serve` के लिए 32 या अधिक यादृच्छिक अक्षर दें (openssl rand -base64 32)।',
        en: 'Give `daksh serve` 32 or more random characters (openssl rand -base64 32).',
      },
    }),
    finding('BASE_URL', config.baseUrl.startsWith('https:'), {
      seen: { hi: `${config.baseUrl}।`, en: `${config.baseUrl}.` },
      todo: {
        hi: 'प्रमाणपत्रों के QR में यही पता छपता है; https पता दें।',
        en: 'Certificates print it in their QR; give the https address.',
      },
    }),
    finding('SMTP_URL / SMS_URL', hasChannel, {
      seen: hasChannel
        ? { hi: 'संदेश भेजे जा सकते हैं।', en: 'messages can be sent.' }
        : { hi: 'संदेश भेजने का कोई साधन नहीं।', en: 'there is no way to send messages.' },
      todo: {
        hi: 'एक बार के कोड भेजने के लिए कम से कम एक दें।',
        en: 'Give one of them, or nobody receives a one-time code.',
      },
    }),
    ...templateFindings(config),
  ];
}

/** Beside a gateway: an operator drops each SMS whose wording is not the registered one. */
function templateFindings({ sms }: Runtime['config']): Finding[] {
  if (!sms) return [];
  const isGiven = sms.reminderTemplates?.hi !== undefined;
  return [
    finding('SMS_TEMPLATE_TRAINING_DUE_HI', isGiven, {
      seen: isGiven
        ? { hi: 'दिया गया है।', en: 'is given.' }
        : {
            hi: 'नहीं दिया गया: प्रशिक्षण की याद SMS से नहीं जाती।',
            en: 'is not given: no reminder of training leaves by SMS.',
          },
      todo: {
        hi: 'docs/reminders.md के शब्द DLT में पंजीकृत कराकर उनकी संख्या दें; पहले के तीन स्थान वाले शब्दों की संख्या काम नहीं आती।',
        en: 'Register the wording of docs/reminders.md (DLT) and give its id; one of the earlier wording with three places is of no use.',
      },
    }),
  ];
}
