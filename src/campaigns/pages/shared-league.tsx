import { jsxTemplate } from 'preact/jsx-runtime';
import { renderToString } from 'preact-render-to-string';
import { FrameContext } from '../../shell/index.ts';
import type { LeagueView } from '../league-view.ts';
import { LeagueCards } from './league-card.tsx';
import type { Say } from './words.ts';

const drawn = new WeakMap<LeagueView, Map<string, string>>();

type Props = { code: string; league: LeagueView; isShared: boolean; say: Say };

/** The league as everybody sees it is drawn once for each look a second, and put into each page as text. */
export function SharedLeague({ code, league, isShared, say }: Props) {
  if (!isShared) return <LeagueCards {...{ code, league, say }} />;
  const known = drawn.get(league) ?? new Map<string, string>();
  drawn.set(league, known);
  const markup = known.get(say.language) ?? draw({ code, league, say });
  known.set(say.language, markup);
  return jsxTemplate([markup]);
}

function draw({ code, league, say }: Omit<Props, 'isShared'>): string {
  return renderToString(
    <FrameContext.Provider value={{ language: say.language }}>
      <LeagueCards {...{ code, league, say }} />
    </FrameContext.Provider>,
  );
}
