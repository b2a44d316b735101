import { channelsOf } from '../kernel/channels/index.ts';
import type { Config } from '../kernel/config.ts';
import type { Language } from '../kernel/i18n.ts';
import type { Channel } from './stores/rules.ts';

/** What reminders can leave by here; an SMS needs its registered template. */
export function sendableChannels(config: Config): Channel[] {
  const { mail, sms } = channelsOf(config);
  const hasTemplate = config.isDemonstration || smsTemplate(config, 'hi') !== undefined;
  return [...(mail ? (['mail'] as const) : []), ...(sms && hasTemplate ? (['sms'] as const) : [])];
}

/** The template's id and language: the person's own where it is registered, else Hindi. */
export function smsTemplate(
  config: Config,
  language: Language,
): { language: Language; id: string | undefined } | undefined {
  const known = config.sms?.reminderTemplates;
  const own = known?.[language];
  if (own) return { language, id: own };
  if (known?.hi) return { language: 'hi', id: known.hi };
  return config.isDemonstration ? { language, id: undefined } : undefined;
}
