import { type Ctx, personIdOf } from '../../../kernel/context.ts';
import { useFrame } from '../../../shell/index.ts';
import { assetUrl } from '../../../shell/site/index.ts';

const keys = ['phonetic', 'phoneticOn', 'phoneticOff', 'phoneticHow', 'phoneticHelp', 'candidates'] as const;
const keptKeys = ['keptAt', 'keptBack', 'keptOlder', 'keptTake', 'keptDrop'] as const;

/**
 * Stands on a page whose forms an author writes in; does nothing without script. The end of the person's id
 * tells whose texts this browser keeps, since several people share a computer.
 */
export function WritingAids({ ctx }: { ctx: Ctx }) {
  const { t } = useFrame();
  const words = Object.fromEntries([...keys, ...keptKeys].map((key) => [key, t(`editor.${key}`)]));
  return (
    <>
      <link rel="stylesheet" href={assetUrl('writing.css')} />
      <div
        id="writing-aids"
        class="writing-bar"
        data-words={JSON.stringify(words)}
        data-person={personIdOf(ctx.actor)?.slice(-12)}
        hidden
      />
      <script type="module" src={assetUrl('writing.js')} />
    </>
  );
}
