import { controlProps, Field, type FieldProps } from '../../../shell/index.ts';
import { assetUrl } from '../../../shell/site/index.ts';
import { fromMarkdown } from '../editor/from-markdown.ts';
import { type ReadingWords, readingKeys } from '../editor/reading-text.ts';
import { wordKeys } from '../editor/words.ts';
import type { Say } from './words.ts';

type Props = FieldProps & {
  value?: string;
  rows: number;
  lang: string;
  dir?: 'ltr' | 'rtl';
  /** Markdown that may be taken as the beginning: the text to be translated. */
  source?: string;
};

/**
 * Markdown in a textarea; where script runs, the editor stands in its place and writes into it. The document
 * is parsed here, so that the editor needs no parser.
 */
export function RichTextArea(props: Props) {
  const value = props.value ?? '';
  return (
    <Field {...props}>
      <textarea
        {...controlProps(props)}
        rows={props.rows}
        lang={props.lang}
        dir={props.dir}
        autocomplete="off"
        data-doc={JSON.stringify(fromMarkdown(value))}
        data-source={props.source === undefined ? undefined : JSON.stringify(fromMarkdown(props.source))}
      >
        {value}
      </textarea>
    </Field>
  );
}

/** What the editor says and looks like; only pages with an editor carry it. */
export function EditorWords({ say: { t } }: { say: Say }) {
  const words = Object.fromEntries(wordKeys.map((key) => [key, t(`editor.${key}`)]));
  return (
    <>
      <link rel="stylesheet" href={assetUrl('writing.css')} />
      <link rel="stylesheet" href={assetUrl('lesson-editor.css')} />
      <div id="editor-words" data-words={JSON.stringify(words)} hidden />
    </>
  );
}

export function readingWords({ t }: Say): ReadingWords {
  return Object.fromEntries(readingKeys.map((key) => [key, t(`editor.${key}`)])) as ReadingWords;
}
