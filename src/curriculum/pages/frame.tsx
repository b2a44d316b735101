import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { dayRemarks } from '../../insight/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { formatDay, parseDay, todayInIndia } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import { type MessageKey, pick, translator } from '../../kernel/i18n.ts';
import { OfficeAsked, type OfficeRow, officeFiltered, WrongOffice } from '../../organisations/index.ts';
import { DateField, ErrorSummary, FilterBar, PageHeading, Tabs } from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { rolesReading } from '../policy.ts';
import { notADay } from '../rules/scene.ts';
import type { Say } from '../words.ts';
import { addressOf, home } from './words.ts';

export function sayOf(request: FastifyRequest): Say {
  const { language } = request.ctx;
  return { t: translator(language), language };
}

type Sent = {
  title: string;
  body: Parameters<typeof sendPage>[3];
  hasErrors?: boolean;
  crumbs?: { label: string; href: string }[];
  asOf?: string;
  backTo?: string;
};

export function send(request: FastifyRequest, reply: FastifyReply, page: Sent) {
  const { t } = sayOf(request);
  const { title, hasErrors, asOf, backTo } = page;
  const breadcrumbs = page.crumbs && [{ label: t('curriculum.nav'), href: home }, ...page.crumbs];
  const options = {
    ...{ title, hasErrors, asOf, breadcrumbs, backTo },
    ...({ area: 'office', activeLink: 'curriculum' } as const),
  };
  return sendPage(request, reply, options, page.body);
}

/** The office asked for, else the first of the reader's own. */
export async function officeAsked(ctx: Ctx, code: string | undefined): Promise<string> {
  const { office, fault } = await officeFiltered(ctx, code, rolesReading);
  if (!office) throw fault?.refusal ?? notFound();
  return office.code;
}

type Query = { office?: string | undefined; asOf?: string | undefined; kind?: string | undefined };

/** One of the sister pages for the office and the day asked for; where what was typed names none, its filter says so. */
export async function atOffice(
  request: FastifyRequest,
  reply: FastifyReply,
  page: { tab: Tab; query: Query; draw(office: string): Promise<Sent> },
) {
  const { ctx } = request;
  const { office: typed, ...others } = page.query;
  const { office, fault } = await officeFiltered(ctx, typed, rolesReading);
  const title = sayOf(request).t(tabs.find(({ key }) => key === page.tab)?.label ?? 'curriculum.nav');
  const asked = others.asOf?.trim();
  if (office && asked && !parseDay(asked))
    return sendWrongDay(request, reply, { title, tab: page.tab, office, asked });
  if (office) return send(request, reply, await page.draw(office.code));
  if (!fault) throw notFound();
  reply.status(fault.refusal.status);
  return send(request, reply, {
    ...{ title, hasErrors: true },
    body: <WrongOffice {...{ title, fault, others }} action={addressOf(page.tab)} />,
  });
}

type WrongDay = { title: string; tab: Tab; office: OfficeRow; asked: string };

function sendWrongDay(request: FastifyRequest, reply: FastifyReply, { title, tab, office, asked }: WrongDay) {
  const say = sayOf(request);
  const error = pick(notADay(asked), say.language);
  const today = todayInIndia(request.ctx.clock);
  reply.status(422);
  return send(request, reply, {
    ...{ title, hasErrors: true },
    body: (
      <>
        <ErrorSummary errors={[{ field: 'asOf', text: error }]} />
        <PageHeading title={title} />
        <PlaceFilter {...{ tab, office, today, error, say }} asOf={asked} />
      </>
    ),
  });
}

const tabs = [
  { key: '', label: 'curriculum.tabOverview' },
  { key: '/failing', label: 'curriculum.tabFailing' },
  { key: '/stale', label: 'curriculum.tabStale' },
  { key: '/programmes', label: 'curriculum.tabProgrammes' },
  { key: '/plans', label: 'curriculum.tabPlans' },
  { key: '/rules', label: 'curriculum.tabRules' },
] as const satisfies readonly { key: string; label: MessageKey }[];
export type Tab = (typeof tabs)[number]['key'];

/** The sister pages; office and day go along to those that ask for them. */
export function SisterPages({ active, params, say: { t } }: { active: Tab; params?: Asked; say: Say }) {
  const asks = (key: Tab) => ['', '/failing', '/stale'].includes(key);
  return (
    <Tabs
      label={t('curriculum.tabs')}
      tabs={tabs.map(({ key, label }) => ({
        label: t(label),
        href: addressOf(key, asks(key) ? params : {}),
        isActive: key === active,
      }))}
    />
  );
}

export type Asked = { office?: string; asOf?: string };
type Place = { nameHi: string; nameEn: string | null; code: string };

/** Title, whose figures and of which day; the choice of both below. */
export function Heading(props: {
  title: string;
  lead?: string;
  office: Place;
  asOf: string;
  actions?: ComponentChildren;
  say: Say;
}) {
  const { t, language } = props.say;
  const at = t('curriculum.atOffice', {
    office: pick({ hi: props.office.nameHi, en: props.office.nameEn }, language),
    day: formatDay(props.asOf, language),
  });
  return (
    <PageHeading
      title={props.title}
      lead={props.lead ? `${at} · ${props.lead}` : at}
      actions={props.actions}
    />
  );
}

type Days = { asked: string | undefined; asOf: string; today: string; say: Say };

/** Says where another day is shown than the one asked for: of one to come nothing is known yet. */
export function DayRemark({ asked, asOf, today, say: { language } }: Days) {
  const [remark] = dayRemarks({ asked, asOf, isExact: true, today }, language);
  return remark ? <p role="status">{remark}</p> : null;
}

export function PlaceFilter(props: {
  tab: Tab;
  office: Place;
  asOf: string;
  today: string;
  error?: string;
  children?: ComponentChildren;
  say: Say;
}) {
  const { t } = props.say;
  const { asOf, today, error } = props;
  return (
    <FilterBar action={addressOf(props.tab)} submitLabel={t('curriculum.show')}>
      <OfficeAsked value={props.office.code} />
      <DateField name="asOf" label={t('curriculum.asOf')} value={asOf} max={today} error={error} />
      {props.children}
    </FilterBar>
  );
}
