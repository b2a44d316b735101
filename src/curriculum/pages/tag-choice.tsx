import { CheckboxGroup } from '../../shell/index.ts';
import { type Say, tagText } from '../words.ts';

type Props = {
  label: string;
  hint?: string;
  tags: readonly string[];
  values: string[];
  error?: string;
  say: Say;
};

/** Topics by the names that people know them by. */
export function TagChoice({ tags, say, ...field }: Props) {
  const named = [...new Set([...tags, ...field.values])].map((tag) => ({
    value: tag,
    label: tagText(tag, say.language),
  }));
  return <CheckboxGroup {...field} name="tags" isInline options={named} />;
}
