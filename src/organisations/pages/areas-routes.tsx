import { z } from 'zod';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import {
  Card,
  DataTable,
  EmptyState,
  FilterBar,
  PageHeading,
  Tag,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { unionTerritories } from '../areas/state-names.ts';
import { rolesReadingOffices } from '../desk/policy.ts';
import { type AreaLine, areaById, areasBelow, areasKnownInside, areasMatching } from '../stores/desk.ts';
import { areaKindWord } from './words.ts';

const query = z.object({
  q: z.string().trim().max(200).optional(),
  under: z.string().trim().max(60).optional(),
});

/** States, divisions, districts, tehsils, blocks and bodies with their Local Government Directory codes. */
export function areasRoutes(app: App): void {
  app.get(
    '/office/areas',
    { config: { access: { roles: rolesReadingOffices } }, schema: { querystring: query, hide: true } },
    async (request, reply) => {
      const { q, under } = request.query;
      const { parent, rows } = await areasFor(request.ctx, { q, under });
      const t = translator(request.ctx.language);
      const title = parent ? nameOf(parent, request.ctx.language) : t('organisations.areas');
      const home = { label: t('organisations.areas'), href: '/office/areas' };
      return sendPage(
        request,
        reply,
        {
          title,
          area: 'office',
          activeLink: 'areas',
          breadcrumbs: parent ? [home, { label: title }] : undefined,
        },
        <AreasPage title={title} text={q} parent={parent} rows={rows} />,
      );
    },
  );
}

type Wanted = { q?: string; under?: string };

async function areasFor(ctx: Ctx, { q, under }: Wanted): Promise<{ parent?: AreaLine; rows: AreaLine[] }> {
  requireRole(ctx, rolesReadingOffices);
  if (q) return { rows: await areasMatching(ctx.db.read, q) };
  if (!under) return { rows: await topAreas(ctx) };
  const parent = await areaById(ctx.db.read, under);
  if (!parent) throw notFound();
  return { parent, rows: await areasBelow(ctx.db.read, under) };
}

/** The states, since a country alone at the top would only cost a step; first the one known down to its blocks. */
async function topAreas(ctx: Ctx): Promise<AreaLine[]> {
  const tops = await areasBelow(ctx.db.read, null);
  const [only] = tops;
  const shown = tops.length === 1 && only ? await areasBelow(ctx.db.read, only.areaId) : tops;
  const own = new Set(await areasKnownInside(ctx.db.read));
  return [...shown.filter((area) => own.has(area.areaId)), ...shown.filter((area) => !own.has(area.areaId))];
}

function nameOf(area: AreaLine, language: 'hi' | 'en'): string {
  return pick({ hi: area.nameHi, en: area.nameEn }, language);
}

function kindOf(area: AreaLine): string {
  return area.kind === 'state' && unionTerritories.has(area.code) ? 'union_territory' : area.kind;
}

type Props = { title: string; text?: string; parent?: AreaLine; rows: AreaLine[] };

function AreasPage({ title, text, parent, rows }: Props) {
  const { t, language } = useFrame();
  const lead = parent
    ? `${areaKindWord(t, kindOf(parent))} · LGD ${parent.code}`
    : t('organisations.areasLead');
  return (
    <>
      <PageHeading title={title} lead={lead} />
      <FilterBar
        action="/office/areas"
        submitLabel={t('common.search')}
        resetHref={text ? '/office/areas' : undefined}
      >
        <TextField name="q" type="search" label={t('organisations.searchAreas')} value={text} />
      </FilterBar>
      <Card>
        <DataTable<AreaLine>
          caption={t('organisations.areas')}
          isCaptionHidden
          rows={rows}
          rowKey={(row) => row.areaId}
          empty={
            <EmptyState icon="building" title={t('organisations.noAreas')}>
              {t('organisations.noAreasText')}
            </EmptyState>
          }
          columns={[
            {
              key: 'name',
              label: t('organisations.area'),
              isRowHeading: true,
              value: (row) => nameOf(row, language),
              href: (row) =>
                row.childCount > 0 ? `/office/areas?under=${encodeURIComponent(row.areaId)}` : undefined,
            },
            {
              key: 'other',
              label: language === 'hi' ? t('organisations.nameEn') : t('organisations.nameHi'),
              value: (row) => (language === 'hi' ? row.nameEn : row.nameHi),
            },
            {
              key: 'kind',
              label: t('organisations.kind'),
              value: (row) => <Tag>{areaKindWord(t, kindOf(row))}</Tag>,
            },
            { key: 'code', label: t('organisations.lgd'), value: (row) => row.code },
            { key: 'census', label: t('organisations.census'), value: (row) => row.census },
            {
              key: 'children',
              label: t('organisations.areasBelow'),
              kind: 'number',
              value: (row) => row.childCount,
            },
          ]}
        />
      </Card>
      <p class="soft">{t('organisations.attribution')}</p>
    </>
  );
}
