import { type Ctx, grantsOf } from '../../kernel/context.ts';
import { type MessageKey, translator } from '../../kernel/i18n.ts';
import { waitingFigure } from '../figures.ts';
import { Notice } from '../index.ts';

export type WaitingKind = {
  /** The navigation's entry that carries the count. */
  link: string;
  roles: readonly string[];
  /** Says what waits, with `{{n}}`. */
  label: MessageKey;
  href: string;
  /** It need not count further than `mostWaiting`. */
  count(ctx: Ctx): Promise<number>;
};
export type Waiting = Pick<WaitingKind, 'link' | 'label' | 'href'> & { n: number };

const kinds = new Map<string, WaitingKind>();
// Asked once a request, by the navigation and by the page.
const asked = new WeakMap<Ctx, Promise<Waiting[]>>();

/** Features say what may wait for an officer: it stands as a count in the navigation and on the office's home. */
export function addWaitingKind(kind: WaitingKind): void {
  kinds.set(kind.label, kind);
}

/** What waits for this actor; undefined where nothing ever could. */
export function waitingWork(ctx: Ctx): Promise<Waiting[]> | undefined {
  const held = new Set(grantsOf(ctx.actor).map((grant) => grant.role));
  const mine = [...kinds.values()].filter((kind) => kind.roles.some((role) => held.has(role)));
  if (mine.length === 0) return undefined;
  const present = asked.get(ctx) ?? countAll(ctx, mine);
  asked.set(ctx, present);
  return present;
}

async function countAll(ctx: Ctx, mine: WaitingKind[]): Promise<Waiting[]> {
  const counted = await Promise.all(
    mine.map(async ({ link, label, href, count }) => ({ link, label, href, n: await count(ctx) })),
  );
  return counted.filter(({ n }) => n > 0);
}

/** One notice with a line for each; nothing where nothing waits. */
export function WaitingNotice({ waiting, language }: { waiting: Waiting[]; language: Ctx['language'] }) {
  if (waiting.length === 0) return null;
  const t = translator(language);
  return (
    <div class="screen-only">
      <Notice tone="needs-you" title={t('shell.waitsForYou')}>
        <ul>
          {waiting.map(({ label, href, n }) => (
            <li key={label}>
              <a href={href}>{t(label, { n: waitingFigure(n, language) })}</a>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
