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
import { RichTextArea } from '../../authoring/pages/rich-text-area.tsx';
import type { Say } from '../../authoring/pages/words.ts';
import { timeText } from '../../captions/write-web-vtt.ts';
import { renderMarkdown } from '../../markdown.ts';
import {
  hashOf,
  type MadeByPlace,
  type Part,
  type PartState,
  partStates,
  stateOf,
  targetOf,
} from '../parts.ts';
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
      <States place={part.place} standing={standing} say={say} />
      <Grid>
        <div>
          <p class="soft">{languageName(from, t)}</p>
          <Text part={part} text={part.source} language={from} />
        </div>
        {canEdit ? (
          <Target part={part} made={made} view={view} say={say} />
        ) : (
          <div>
            <p class="soft">{languageName(language, t)}</p>
            <Text part={part} text={targetOf(part, made)} language={language} />
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

/** All the words of state, one of them shown: what is saved while it is typed changes it. */
function States({ place, standing, say }: { place: string; standing: PartState; say: Say }) {
  return (
    <p>
      {partStates.map((state) => (
        <span key={state} data-piece={place} data-state={state} hidden={state !== standing}>
          <Tag tone={tones[state]}>{say.t(`workflow.part_${state}`)}</Tag>
        </span>
      ))}
    </p>
  );
}

/** As its readers see it, in its own script and direction. */
function Text({ part, text, language }: { part: Part; text: string; language: string }) {
  const side = { lang: language, dir: directionOf(language) };
  if (part.field === 'bodyMarkdown')
    return <div class="prose" {...side} dangerouslySetInnerHTML={{ __html: renderMarkdown(text) }} />;
  return (
    <div {...side}>
      <Lines text={text} />
    </div>
  );
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
      {part.field === 'bodyMarkdown' ? (
        <RichTextArea {...field} rows={18} source={part.source} />
      ) : isShort ? (
        <TextField {...field} />
      ) : (
        <TextArea {...field} rows={part.isLong ? 8 : 3} />
      )}
    </div>
  );
}
