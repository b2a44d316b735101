import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatDay, indiaDay } from '../../kernel/dates.ts';
import { projectRoot } from '../../kernel/project-root.ts';
import { renderPdf } from '../../kernel/typst.ts';
import type { CompetencyNeeded } from '../needs/competencies-needed.ts';
import {
  courseTitle,
  declarationFacts,
  kindName,
  levelText,
  lineFacts,
  nameOf,
  ruleTexts,
  type Say,
  strengthName,
} from '../pages/words.ts';
import { kinds } from '../stores/dictionary.ts';
import type { Passbook, PassbookEntry } from './rules.ts';

type Sheet = {
  passbook: Passbook;
  /** What the posts of today ask for; empty where no office has said it. */
  needs: CompetencyNeeded[];
  say: Say;
  holder: { name: string; subtitle: string };
  madeAt: Date;
};

/** The passbook as a PDF: the same lines as the page, and its rules. */
export function renderPassbook({ passbook, needs, say, holder, madeAt }: Sheet): Promise<Buffer> {
  const { t, language } = say;
  return renderPdf(template(), {
    language,
    title: t('competencies.passbook'),
    ...holder,
    kinds: kinds.flatMap((kind) => {
      const entries = passbook.entries.filter((entry) => entry.competency.kind === kind);
      return entries.length === 0
        ? []
        : [{ name: kindName(kind, say), entries: entries.map((entry) => entryOf(entry, say)) }];
    }),
    needsTitle: t('competencies.needsTitle'),
    needsColumns: [
      t('competencies.competency'),
      t('competencies.needed'),
      t('competencies.shown'),
      t('competencies.state'),
    ],
    needs: needs.map((need) => [
      nameOf(need, language),
      levelText(need.level, say),
      need.shown === null ? '–' : levelText(need.shown, say),
      t(need.isMet ? 'competencies.needMet' : 'competencies.needOpen'),
    ]),
    rulesTitle: t('competencies.rulesTitle'),
    rules: ruleTexts(say),
    footer: t('competencies.asOf', { day: formatDay(indiaDay(madeAt), language) }),
  });
}

let templateText: string | undefined;

function template(): string {
  templateText ??= readFileSync(join(projectRoot(), 'src/competencies/passbook/passbook.typ'), 'utf8');
  return templateText;
}

function entryOf({ competency, level, strength, evidence, declaration }: PassbookEntry, say: Say) {
  const lines = evidence.map((line) => ({
    title: courseTitle(line, say),
    facts: [...lineFacts(line, say), line.certificate?.number ?? ''].filter(Boolean).join(' · '),
  }));
  const stated = declaration
    ? [{ title: declaration.note, facts: declarationFacts(declaration, say).join(' · ') }]
    : [];
  return {
    name: nameOf(competency, say.language),
    level: levelText(level, say),
    strength: strengthName(strength, say),
    lines: [...lines, ...stated],
  };
}
