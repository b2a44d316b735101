import { formatDay } from '../../kernel/dates.ts';
import { type MessageKey, pick } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  EmptyState,
  Notice,
  PageHeading,
  Stat,
  StatStrip,
  SummaryList,
  useFrame,
} from '../../shell/index.ts';
import type { OfficeView } from '../desk/office-view.ts';
import { officeName } from './office-picker.tsx';
import { OfficeTable } from './office-tree.tsx';
import { kindWord } from './words.ts';

export function OfficePage({ title, view }: { title: string; view: OfficeView }) {
  const { t, language } = useFrame();
  const { office } = view;
  const base = `/office/offices/${encodeURIComponent(office.code)}`;
  return (
    <>
      <PageHeading
        title={title}
        lead={[office.code, kindWord(t, office.kind)].filter(Boolean).join(' · ')}
        actions={
          view.mayKeep ? (
            <>
              <Button variant="secondary" icon="text" href={`${base}/details`}>
                {t('organisations.edit')}
              </Button>
              <Button icon="plus" href={`${base}/child`}>
                {t('organisations.addChild')}
              </Button>
            </>
          ) : undefined
        }
      />
      {office.validUntil ? (
        <Notice tone="info">
          <p>{t('organisations.closedOn', { day: formatDay(office.validUntil, language) })}</p>
        </Notice>
      ) : null}
      <Figures view={view} />
      <Card title={t('organisations.below')}>
        <OfficeTable caption={t('organisations.below')} rows={view.rows} counts={view.counts} />
      </Card>
      <PostsCard view={view} base={base} />
      <DetailsCard view={view} base={base} />
    </>
  );
}

function Figures({ view }: { view: OfficeView }) {
  const { t, language } = useFrame();
  const { office, counts, posted } = view;
  const below = counts.get(office.officeId);
  const here = posted.reduce((sum, row) => sum + row.count, 0);
  return (
    <StatStrip>
      {below === undefined ? null : (
        <Stat
          label={t('organisations.people')}
          value={below === null ? 'masked' : below}
          href={view.mayReadPersons ? `/office/persons?office=${encodeURIComponent(office.code)}` : undefined}
          detail={t('organisations.peopleDetail')}
        />
      )}
      <Stat
        label={t('organisations.postedHere')}
        value={here}
        detail={
          office.strength === null
            ? t('organisations.noStrength')
            : t('organisations.ofStrength', { strength: formatNumber(office.strength, language) })
        }
      />
      <Stat label={t('organisations.below')} value={view.rows.length} detail={t('organisations.directly')} />
    </StatStrip>
  );
}

type PostLine = {
  key: string;
  designation: string;
  group: string | null;
  sanctioned: number | null;
  posted: number;
};

/** Sanctioned posts beside who stands in them; who holds a post that is not sanctioned is shown too. */
function postLines(view: OfficeView, language: 'hi' | 'en', unknown: string): PostLine[] {
  const lines = new Map<string, PostLine>();
  for (const post of view.posts) {
    const key = `${post.designationId}:${post.serviceGroup ?? ''}`;
    const designation = pick({ hi: post.designation, en: post.designationEn }, language);
    lines.set(key, { key, designation, group: post.serviceGroup, sanctioned: post.sanctioned, posted: 0 });
  }
  for (const row of view.posted) {
    const key = `${row.designationId ?? ''}:${row.serviceGroup ?? ''}`;
    const line = lines.get(key) ?? {
      key,
      designation: row.designation ?? unknown,
      group: row.serviceGroup,
      sanctioned: null,
      posted: 0,
    };
    lines.set(key, { ...line, posted: line.posted + row.count });
  }
  return [...lines.values()];
}

function PostsCard({ view, base }: { view: OfficeView; base: string }) {
  const { t, language } = useFrame();
  return (
    <Card title={t('organisations.posts')} lead={t('organisations.postsLead')}>
      <DataTable<PostLine>
        caption={t('organisations.posts')}
        isCaptionHidden
        isCountHidden
        rows={postLines(view, language, t('organisations.noDesignation'))}
        rowKey={(row) => row.key}
        empty={
          <EmptyState icon="people" headingLevel={3} title={t('organisations.noPosts')}>
            {t('organisations.noPostsText')}
          </EmptyState>
        }
        columns={[
          {
            key: 'designation',
            label: t('organisations.designation'),
            isRowHeading: true,
            value: (row) => row.designation,
          },
          {
            key: 'group',
            label: t('organisations.group'),
            value: (row) => row.group && t(`organisations.group_${row.group}` as MessageKey),
          },
          {
            key: 'sanctioned',
            label: t('organisations.sanctioned'),
            kind: 'number',
            value: (row) => row.sanctioned,
          },
          { key: 'posted', label: t('organisations.posted'), kind: 'number', value: (row) => row.posted },
          {
            key: 'vacant',
            label: t('organisations.vacant'),
            kind: 'number',
            value: (row) => (row.sanctioned === null ? null : Math.max(0, row.sanctioned - row.posted)),
          },
        ]}
      />
      {view.mayKeep ? (
        <ButtonRow>
          <Button variant="secondary" icon="plus" href={`${base}/posts`}>
            {t('organisations.savePost')}
          </Button>
          {view.office.parentId === null ? (
            <>
              <Button variant="quiet" icon="text" href="/office/designations">
                {t('organisations.designations')}
              </Button>
              <Button variant="quiet" icon="person" href="/office/cadres">
                {t('organisations.cadres')}
              </Button>
            </>
          ) : null}
        </ButtonRow>
      ) : null}
    </Card>
  );
}

function DetailsCard({ view, base }: { view: OfficeView; base: string }) {
  const { t, language } = useFrame();
  const { office, names } = view;
  const dash = '–';
  const area = pick({ hi: office.areaHi, en: office.areaEn }, language);
  return (
    <Card title={t('organisations.details')}>
      <SummaryList
        rows={[
          { label: t('organisations.nameHi'), value: office.nameHi },
          { label: t('organisations.nameEn'), value: office.nameEn ?? dash },
          { label: t('organisations.code'), value: office.code },
          { label: t('organisations.kind'), value: kindWord(t, office.kind) ?? dash },
          {
            label: t('organisations.area'),
            value: office.areaCode ? [area, `LGD ${office.areaCode}`].filter(Boolean).join(' · ') : dash,
          },
          {
            label: t('organisations.strength'),
            value: office.strength === null ? dash : formatNumber(office.strength, language),
          },
          ...(names.length > 1
            ? [
                {
                  label: t('organisations.pastNames'),
                  value: (
                    <ul>
                      {names.map((name) => (
                        <li key={`${name.startsOn}${name.nameHi}`}>
                          {officeName(name, language)}{' '}
                          <span class="soft">
                            {t('organisations.since', { day: formatDay(name.startsOn, language) })}
                          </span>
                        </li>
                      ))}
                    </ul>
                  ),
                },
              ]
            : []),
        ]}
      />
      {view.mayKeep ? (
        <ButtonRow>
          <Button variant="quiet" icon="close" href={`${base}/closing`}>
            {t(office.validUntil ? 'organisations.reopen' : 'organisations.close')}
          </Button>
        </ButtonRow>
      ) : null}
    </Card>
  );
}
