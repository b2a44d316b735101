import { directionOf, languageName } from '../../../kernel/languages.ts';
import {
  Card,
  Checkbox,
  errorFor,
  Grid,
  HiddenFields,
  Tag,
  TextArea,
  TextField,
} from '../../../shell/index.ts';
import type { Say } from '../../authoring/pages/words.ts';
import { timeText } from '../../captions/write-web-vtt.ts';
import { hashOf, type MadeByPlace, type Part, stateOf, targetOf } from '../parts.ts';
import { typedText } from './translation-form.ts';
import type { TranslationView } from './translation-page.tsx';

type Props = { part: Part; made: MadeByPlace; view: TranslationView; say: Say; canEdit: boolean };

const tones = { untranslated: 'overdue', stale: 'due', done: 'done' } as const;

/** Side by side from 1024 px, one above the other on a phone; each in its own script and direction. */
export function PartPair({ part, made, view, say, canEdit }: Props) {
  const { t } = say;
  const { language } = view.query;
  const standing = stateOf(part, made);
  const from = view.desk.details.language;
  return (
    <Card title={titleOf(part, say)}>
      <Tag tone={tones[standing]}>{t(`workflow.part_${standing}`)}</Tag>
      <Grid>
        <div lang={from}>
          <Lines text={part.source} />
        </div>
        {canEdit ? (
          <Target part={part} made={made} view={view} say={say} />
        ) : (
          <div lang={language} dir={directionOf(language)}>
            <Lines text={targetOf(part, made)} />
          </div>
        )}
      </Grid>
      {canEdit && standing === 'stale' ? (
        <Checkbox name={`right:${part.place}`} value="yes" label={t('workflow.stillRight')} />
      ) : null}
    </Card>
  );
}

function titleOf(part: Part, { t }: Say): string {
  const name = t(`workflow.field_${part.field}`);
  const { seconds } = part;
  return seconds ? `${name} · ${timeText(seconds.start)} – ${timeText(seconds.end)}` : name;
}

function Lines({ text }: { text: string }) {
  return (
    <>
      {text.split('\n').map((line, index) => (
        <p key={`${index}:${line}`}>{line}</p>
      ))}
    </>
  );
}

function Target({ part, made, view, say }: Omit<Props, 'canEdit'>) {
  const { language } = view.query;
  const { place } = part;
  const target = targetOf(part, made);
  const field = {
    name: `text:${place}`,
    label: languageName(language, say.t),
    lang: language,
    dir: directionOf(language),
    value: typedText(view.state, place) ?? target,
    error: errorFor(view.state.errors, `text:${place}`),
  };
  // Without a row to grow into, long sentences of an option or a cue would be written blind.
  const isShort = !part.isLong && part.source.length < 60;
  return (
    <div>
      <HiddenFields values={{ [`from:${place}`]: hashOf(part.source), [`was:${place}`]: hashOf(target) }} />
      {isShort ? <TextField {...field} /> : <TextArea {...field} rows={part.isLong ? 8 : 3} />}
    </div>
  );
}
