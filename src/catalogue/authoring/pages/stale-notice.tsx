import { formatDayTime } from '../../../kernel/dates.ts';
import { Field, Notice } from '../../../shell/index.ts';
import type { Say } from './words.ts';

/** Who saved while this form was open, and when. */
export type Other = { at: Date | null; nameHi: string | null; nameEn: string | null };

type Props = {
  other: Other;
  say: Say;
  /** What this author typed, and what stands saved now, by field. */
  typed: Record<string, string>;
  saved: Record<string, string>;
  labels: Record<string, string>;
};

/** Says that somebody else saved meanwhile and shows their text, field by field, above one's own. */
export function StaleNotice({ other, say, typed, saved, labels }: Props) {
  const { t } = say;
  const name =
    (say.language === 'en' ? other.nameEn : other.nameHi) ?? other.nameHi ?? t('catalogue.authorSomebody');
  const differing = Object.keys(labels).filter(
    (field) => field in typed && plain(typed[field]) !== plain(saved[field]),
  );
  return (
    <Notice tone="needs-you" title={t('catalogue.authorStaleTitle')}>
      <p>
        {t('catalogue.authorStaleText', {
          name,
          time: other.at ? formatDayTime(other.at, say.language) : '',
        })}
      </p>
      {differing.map((field) => (
        <Field
          key={field}
          name={`saved-${field}`}
          label={t('catalogue.authorStaleTheirs', { field: labels[field] ?? field })}
        >
          <textarea id={`saved-${field}`} rows={rowsFor(saved[field] ?? '')} readOnly>
            {saved[field] || t('catalogue.authorStaleEmpty')}
          </textarea>
        </Field>
      ))}
    </Notice>
  );
}

function rowsFor(text: string): number {
  return Math.min(14, 1 + text.split('\n').length + Math.floor(text.length / 90));
}

function plain(text: string | undefined): string {
  return (text ?? '').replace(/\r\n?/g, '\n').trim();
}
