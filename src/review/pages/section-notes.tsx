import { sectionNotes } from '../files/section-words.ts';
import type { Section } from '../sheet/shape.ts';
import type { PartProps } from './sheet-page.tsx';

/** What must be said below a table of parts: when it was counted, and why it does not add up to the whole. */
export function SectionNotes({
  section,
  sheet,
  say,
}: Pick<PartProps, 'sheet' | 'say'> & { section: Section }) {
  return (
    <>
      {sectionNotes(section, sheet, say).map((text) => (
        <p key={text} class="soft">
          {text}
        </p>
      ))}
    </>
  );
}
