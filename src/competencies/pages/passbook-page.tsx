import { pick } from '../../kernel/i18n.ts';
import { Button, Card, DataTable, Details, EmptyState, PageHeading, Prose, Tag } from '../../shell/index.ts';
import type { CompetencyNeeded } from '../needs/competencies-needed.ts';
import type { EvidenceLine, Passbook, PassbookEntry } from '../passbook/rules.ts';
import { kinds } from '../stores/dictionary.ts';
import {
  courseTitle,
  declarationFacts,
  dictionaryHref,
  kindName,
  levelText,
  lineFacts,
  nameOf,
  passbookHref,
  ruleTexts,
  type Say,
  strengthName,
  strengthTone,
} from './words.ts';

type Props = {
  passbook: Passbook;
  needs: CompetencyNeeded[];
  /** On paper the page says whose it is. */
  holder: { name: string; subtitle: string };
  say: Say;
};

/** What a person has shown of each competency, by kind; the rules stand below. */
export function PassbookPage({ passbook, needs, holder, say }: Props) {
  const { t } = say;
  return (
    <>
      <PageHeading
        title={t('competencies.passbook')}
        lead={t('competencies.passbookLead')}
        actions={
          <>
            <Button href={`${passbookHref}/declarations/new`} variant="secondary">
              {t('competencies.declare')}
            </Button>
            {passbook.entries.length > 0 ? (
              <Button href={`${passbookHref}.pdf`} variant="quiet" icon="download">
                {t('competencies.pdf')}
              </Button>
            ) : null}
          </>
        }
      />
      <p class="print-only">
        <strong>{holder.name}</strong> · {holder.subtitle}
      </p>
      {needs.length > 0 ? <NeedsCard needs={needs} say={say} /> : null}
      {passbook.entries.length === 0 ? <Nothing say={say} /> : null}
      {kinds.map((kind) => {
        const entries = passbook.entries.filter((entry) => entry.competency.kind === kind);
        return entries.length === 0 ? null : (
          <Card key={kind} title={kindName(kind, say)}>
            {entries.map((entry) => (
              <Entry key={entry.competency.key} entry={entry} say={say} />
            ))}
          </Card>
        );
      })}
      <Details summary={t('competencies.rulesTitle')}>
        <Rules say={say} />
      </Details>
    </>
  );
}

/** What the post asks for, what is missing first, each with the way to courses that bring it. */
export function NeedsCard({ needs, say }: { needs: CompetencyNeeded[]; say: Say }) {
  const { t, language } = say;
  const [first] = needs;
  const missing = needs.filter((need) => !need.isMet).length;
  const post = pick({ hi: first?.designation, en: first?.designationEn }, language);
  const office = pick({ hi: first?.officeHi, en: first?.officeEn }, language);
  return (
    <Card
      title={t('competencies.needsTitle')}
      tone={missing > 0 ? 'needs-you' : 'done'}
      lead={t('competencies.needsBy', { post, office })}
    >
      <DataTable<CompetencyNeeded>
        caption={t('competencies.needsTitle')}
        isCaptionHidden
        isCountHidden
        rows={needs}
        rowKey={(row) => row.key}
        columns={[
          {
            key: 'name',
            label: t('competencies.competency'),
            kind: 'link',
            isRowHeading: true,
            value: (row) => nameOf(row, language),
            href: (row) => `${dictionaryHref}/${row.key}`,
          },
          { key: 'level', label: t('competencies.needed'), value: (row) => levelText(row.level, say) },
          {
            key: 'shown',
            label: t('competencies.shown'),
            value: (row) => (row.shown === null ? '–' : levelText(row.shown, say)),
          },
          {
            key: 'state',
            label: t('competencies.state'),
            value: (row) => (
              <Tag tone={row.isMet ? 'done' : 'due'}>
                {t(row.isMet ? 'competencies.needMet' : 'competencies.needOpen')}
              </Tag>
            ),
          },
        ]}
      />
    </Card>
  );
}

function Nothing({ say: { t } }: { say: Say }) {
  return (
    <EmptyState
      icon="course"
      title={t('competencies.passbookEmpty')}
      action={<Button href="/courses">{t('competencies.findCourses')}</Button>}
    >
      {t('competencies.passbookEmptyText')}
    </EmptyState>
  );
}

function Entry({ entry, say }: { entry: PassbookEntry; say: Say }) {
  const { competency, level, strength, evidence } = entry;
  return (
    <section class="passbook-entry" id={competency.key}>
      <h3>
        <a href={`${dictionaryHref}/${competency.key}`}>{nameOf(competency, say.language)}</a>
      </h3>
      <p>
        <b>{levelText(level, say)}</b> <Tag tone={strengthTone[strength]}>{strengthName(strength, say)}</Tag>
      </p>
      <Prose>
        <ul>
          {evidence.map((line) => (
            <li key={`${line.course.code}-${line.day}`}>
              <Line line={line} say={say} />
            </li>
          ))}
          {entry.declaration ? (
            <li>
              <Declared entry={entry} say={say} />
            </li>
          ) : null}
        </ul>
      </Prose>
    </section>
  );
}

function Line({ line, say }: { line: EvidenceLine; say: Say }) {
  const { course, certificate } = line;
  return (
    <>
      <a href={`/courses/${encodeURIComponent(course.code)}`}>{courseTitle(line, say)}</a>
      <br />
      <span class="soft">{lineFacts(line, say).join(' · ')}</span>
      {certificate ? (
        <>
          {' · '}
          {certificate.href ? <a href={certificate.href}>{certificate.number}</a> : certificate.number}
        </>
      ) : null}
    </>
  );
}

function Declared({ entry, say }: { entry: PassbookEntry; say: Say }) {
  const { t } = say;
  const { declaration } = entry;
  if (!declaration) return null;
  return (
    <>
      {declaration.note}
      <br />
      <span class="soft">{declarationFacts(declaration, say).join(' · ')}</span>
      <span class="screen-only">
        {' · '}
        <a href={`${passbookHref}/declarations/${declaration.declarationId}/withdrawal`}>
          {t('competencies.withdraw')}
        </a>
      </span>
    </>
  );
}

export function Rules({ say }: { say: Say }) {
  return (
    <Prose>
      <ul>
        {ruleTexts(say).map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
    </Prose>
  );
}
