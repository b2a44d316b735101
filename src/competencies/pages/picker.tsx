import type { ComponentChildren } from 'preact';
import type { DrawnPicker } from '../../catalogue/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { translator } from '../../kernel/i18n.ts';
import { controlProps, Details, Field, Notice, SelectField } from '../../shell/index.ts';
import { type CompetencyTag, levels, readTags, tagText } from '../dictionary/tags.ts';
import { type CompetencyBranch, competencyTree, levelNames } from '../dictionary/tree.ts';
import { kindName, levelText, nameOf, type Say } from './words.ts';

/**
 * A choice of level for each competency of the dictionary, by kind; what is chosen stands first, so that nobody
 * must open the rest to see it. The fields are `competency.<key>`, their values what a course keeps.
 */
export async function competencyPicker(ctx: Ctx, drawn: DrawnPicker): Promise<ComponentChildren> {
  const [tree, names] = await Promise.all([competencyTree(ctx, 'all'), levelNames(ctx)]);
  const say: Say = { t: translator(ctx.language), language: ctx.language, levels: names };
  const tags = new Map(readTags(drawn.chosen).map((tag) => [tag.key, tag]));
  const known = new Set(tree.flatMap((branch) => branch.competencies.map((one) => one.key)));
  const unknown = [...tags.keys()].filter((key) => !known.has(key));
  const selected = tree.flatMap((branch) => branch.competencies.filter((one) => tags.has(one.key)));
  return (
    <>
      {unknown.length > 0 ? (
        <Notice tone="needs-you">
          <p>{say.t('competencies.pickerUnknown', { list: unknown.join('; ') })}</p>
        </Notice>
      ) : null}
      {selected.map((one) => (
        <Choice key={one.key} one={one} tag={tags.get(one.key)} say={say} />
      ))}
      {tree.map((branch) => (
        <Details
          key={branch.kind}
          summary={say.t('competencies.pickerKind', {
            kind: kindName(branch.kind, say),
            count: branch.competencies.length,
          })}
        >
          {branch.competencies
            .filter((one) => !tags.has(one.key) && one.retiredAt === null)
            .map((one) => (
              <Choice key={one.key} one={one} say={say} />
            ))}
        </Details>
      ))}
      <ByName drawn={drawn} tree={tree} say={say} />
    </>
  );
}

type ByNameProps = { drawn: DrawnPicker; tree: CompetencyBranch[]; say: Say };

/** Who knows the name writes it: the browser suggests while typing, and several stand with `;` between. */
function ByName({ drawn, tree, say }: ByNameProps) {
  const props = {
    name: 'competencies',
    label: say.t('competencies.pickerByName'),
    hint: say.t('competencies.pickerByNameHint'),
    error: drawn.error,
    isOptional: true,
  };
  return (
    <Field {...props}>
      <input
        {...controlProps(props)}
        class="full"
        list="competency-names"
        value={drawn.typed}
        autocomplete="off"
      />
      <datalist id="competency-names">
        {tree.flatMap((branch) =>
          branch.competencies
            .filter((one) => one.retiredAt === null)
            .map((one) => <option key={one.key} value={nameOf(one, say.language)} />),
        )}
      </datalist>
    </Field>
  );
}

type ChoiceProps = { one: CompetencyBranch['competencies'][number]; tag?: CompetencyTag; say: Say };

function Choice({ one, tag, say }: ChoiceProps) {
  const { key } = one;
  const withLevels = [null, ...levels].map((level) => ({
    value: tagText({ key, level }),
    label: level === null ? say.t('competencies.levelUnsaid') : levelText(level, say),
  }));
  return (
    <SelectField
      name={`competency.${key}`}
      label={nameOf(one, say.language)}
      value={tag ? tagText({ key, level: tag.level }) : ''}
      options={withLevels}
      emptyLabel={say.t('competencies.notChosen')}
    />
  );
}
