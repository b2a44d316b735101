import type { Readable } from 'node:stream';
import type { Ctx } from '../kernel/context.ts';
import { keepExport } from '../kernel/exports.ts';
import { type Language, translator } from '../kernel/i18n.ts';
import { type Cell, csvStream } from '../kernel/tabular/index.ts';
import { officeByCode } from '../organisations/index.ts';
import { minutesPerHead } from './league-places.ts';
import type { LeagueRow, LeagueView } from './league-view.ts';
import { sizeKeys, unrankedKeys } from './pages/words.ts';
import type { Campaign } from './stores/campaigns.ts';

const headings = [
  ...['code', 'titleHi', 'titleEn', 'size', 'rank', 'people', 'completions', 'minutes'],
  ...['perHead', 'met', 'laterCompletions', 'laterMinutes', 'laterMet', 'asOf', 'note'],
] as const;

/** The league of a page as a file; that it was taken is kept. */
export async function takeLeague(
  ctx: Ctx,
  { code, titleHi, titleEn }: Pick<Campaign, 'code' | 'titleHi' | 'titleEn'>,
  league: LeagueView,
): Promise<Readable> {
  const office = await officeByCode(ctx, league.office.code);
  await keepExport(ctx, {
    ...{ kind: 'league', format: 'csv', officeId: office?.officeId, rows: league.rows.length + 1 },
    detail: { number: code, titleHi, titleEn, asOf: league.asOf },
  });
  return leagueCsv(league, ctx.language);
}

/** The office and those below it, with what the page may show and says; a masked figure is empty. Programs read the API. */
function leagueCsv({ office, rows, asOf }: LeagueView, language: Language): Readable {
  const t = translator(language);
  const cells = (row: LeagueRow): Cell[] => {
    const { code, nameHi, nameEn, sizeClass, rank, people, completions, minutes, met, later } = row;
    const note = row.unranked && t(unrankedKeys[row.unranked]);
    return [
      ...[code, nameHi, nameEn, sizeClass && t(sizeKeys[sizeClass]), rank, people, completions, minutes],
      ...[minutesPerHead(row), met],
      ...[later?.completions, later?.minutes, later?.met, asOf, note],
    ];
  };
  const names = headings.map((name) => t(`campaigns.csv_${name}`));
  return csvStream(names, [[office, ...rows].map(cells)], { bom: true });
}
