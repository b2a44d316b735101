import { formatDay, indiaDay } from '../../kernel/dates.ts';
import { pick } from '../../kernel/i18n.ts';
import { formatPercent } from '../../kernel/numbers.ts';
import { Button, Card, Details, EmptyState, PageHeading, Prose, Tag } from '../../shell/index.ts';
import type { EvidenceLine, Passbook, PassbookEntry } from '../passbook/rules.ts';
import { kinds } from '../stores/dictionary.ts';
import {
  dictionaryHref,
  kindName,
  levelText,
  nameOf,
  passbookHref,
  type Say,
  strengthName,
  strengthTone,
} from './words.ts';

type Props = { passbook: Passbook; say: Say };

/** What a person has shown of each competency, by kind; the rules stand below. */
export function PassbookPage({ passbook, say }: Props) {
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
  const { t, language } = say;
  const { course, certificate } = line;
  const title = pick({ hi: course.titleHi, en: course.titleEn }, language);
  const facts = [
    formatDay(line.day, language),
    levelText(line.level, say),
    line.score === null
      ? strengthName('completed', say)
      : t('competencies.passedWith', { percent: percent(line.score) }),
    line.source === 'daksh' ? '' : t('competencies.importedFrom', { source: line.source }),
    course.isRetired ? t('competencies.courseRetired') : '',
  ];
  return (
    <>
      <a href={`/courses/${encodeURIComponent(course.code)}`}>{title}</a>
      <br />
      <span class="soft">{facts.filter(Boolean).join(' · ')}</span>
      {certificate ? (
        <>
          {' · '}
          {certificate.href ? <a href={certificate.href}>{certificate.number}</a> : certificate.number}
        </>
      ) : null}
    </>
  );
}

function percent(score: number): string {
  return formatPercent(Math.round(score * 100), 100);
}

function Declared({ entry, say }: { entry: PassbookEntry; say: Say }) {
  const { t, language } = say;
  const { declaration } = entry;
  if (!declaration) return null;
  const facts = [
    formatDay(indiaDay(declaration.declaredAt), language),
    levelText(declaration.level, say),
    strengthName('declared', say),
  ];
  return (
    <>
      {declaration.note}
      <br />
      <span class="soft">{facts.join(' · ')}</span>
      {' · '}
      <a class="no-print" href={`${passbookHref}/declarations/${declaration.declarationId}/withdrawal`}>
        {t('competencies.withdraw')}
      </a>
    </>
  );
}

const rules = [1, 2, 3, 4, 5, 6] as const;

export function Rules({ say: { t } }: { say: Say }) {
  return (
    <Prose>
      <ul>
        {rules.map((number) => (
          <li key={number}>{t(`competencies.rule${number}`)}</li>
        ))}
      </ul>
    </Prose>
  );
}
