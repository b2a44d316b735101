import { formatDayTime } from '../../../kernel/dates.ts';
import { Button, ButtonRow, Card, Form, Grid, HiddenFields, Notice } from '../../../shell/index.ts';
import { assetUrl } from '../../../shell/site/index.ts';
import { renderMarkdown } from '../../markdown.ts';
import { ownWordsMarked, plainHtml } from '../marked-html.ts';
import type { Kept } from '../merge-texts.ts';
import type { Say } from './words.ts';

/** Who saved while this form was open, and when; it may have been oneself, in another tab. */
export type Other = { at: Date | null; nameHi: string | null; nameEn: string | null; isSelf: boolean };

/** The whole form's values for each way to bring two texts together, sent to `action` by one press. */
export type Ways = { action: string; revision: number; values: Record<Kept, Record<string, string>> };

type Props = {
  other: Other;
  say: Say;
  /** What this author typed, and what stands saved now, by field. */
  typed: Record<string, string>;
  saved: Record<string, string>;
  labels: Record<string, string>;
  ways?: Ways;
};

/** Two texts side by side, field by field, with the words marked in which they differ, and what can be done. */
export function StaleNotice(props: Props) {
  const { other, say, typed, saved, labels, ways } = props;
  const { t } = say;
  const time = other.at ? formatDayTime(other.at, say.language) : '';
  const differing = Object.keys(labels).filter(
    (field) => field in typed && plain(typed[field]) !== plain(saved[field]),
  );
  return (
    <>
      <link rel="stylesheet" href={assetUrl('compare.css')} />
      <Notice
        tone="needs-you"
        title={t(other.isSelf ? 'catalogue.authorStaleSelfTitle' : 'catalogue.authorStaleTitle')}
      >
        <p>
          {other.isSelf
            ? t('catalogue.authorStaleSelf', { time })
            : t('catalogue.authorStaleText', { name: nameOf(other, say), time })}
        </p>
      </Notice>
      {differing.map((field) => (
        <Compared key={field} {...props} field={field} />
      ))}
      {ways && differing.length > 0 ? <WayForms ways={ways} say={say} /> : null}
    </>
  );
}

function Compared({ field, other, typed, saved, labels, say }: Props & { field: string }) {
  const { t } = say;
  const [mine, theirs] = [htmlOf(field, typed[field] ?? ''), htmlOf(field, saved[field] ?? '')];
  const theirTitle = other.isSelf
    ? t('catalogue.authorStaleElsewhere')
    : t('catalogue.authorStaleTheirs', { name: nameOf(other, say) });
  const language = field.endsWith('En') || field.endsWith('-en') ? 'en' : 'hi';
  return (
    <Card title={labels[field] ?? field} lead={t('catalogue.authorStaleMarked')}>
      <Grid>
        <Side title={t('catalogue.authorStaleMine')} html={ownWordsMarked(mine, theirs)} lang={language} />
        <Side title={theirTitle} html={ownWordsMarked(theirs, mine)} lang={language} />
      </Grid>
    </Card>
  );
}

function Side({ title, html, lang }: { title: string; html: string; lang: string }) {
  return (
    <section>
      <h3>{title}</h3>
      <div class="prose compared" lang={lang} dangerouslySetInnerHTML={{ __html: html }} />
    </section>
  );
}

/** Each a form of its own: what is chosen is saved as it stands here, and the history keeps the other. */
function WayForms({ ways, say: { t } }: { ways: Ways; say: Say }) {
  return (
    <Card
      title={t('catalogue.authorStaleChoose')}
      lead={t('catalogue.authorStaleChooseLead')}
      tone="needs-you"
    >
      <ButtonRow>
        {(['both', 'mine', 'theirs'] as const).map((way) => (
          <Form key={way} action={ways.action}>
            <HiddenFields values={{ ...ways.values[way], revision: ways.revision }} />
            <Button variant={way === 'both' ? 'primary' : 'secondary'} name="action" value="save">
              {t(`catalogue.authorKeep_${way}`)}
            </Button>
          </Form>
        ))}
      </ButtonRow>
    </Card>
  );
}

function nameOf(other: Other, { t, language }: Say): string {
  return (language === 'en' ? other.nameEn : other.nameHi) ?? other.nameHi ?? t('catalogue.authorSomebody');
}

function htmlOf(field: string, text: string): string {
  return field.startsWith('body') ? renderMarkdown(text) : plainHtml(text);
}

function plain(text: string | undefined): string {
  return (text ?? '').replace(/\r\n?/g, '\n').trim();
}
