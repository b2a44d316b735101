import type { App } from '../../kernel/feature.ts';
import { type Bilingual, pick } from '../../kernel/i18n.ts';
import { Card, PageHeading, Prose, useFrame } from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import {
  aboutStatement,
  accessibilityStatement,
  type Statement,
  type StatementSection,
} from './statements.ts';

/** Statements that everybody may read, signed in or not. */
export function statementRoutes(app: App): void {
  const pages: [string, Statement][] = [
    ['/accessibility', accessibilityStatement],
    ['/about', aboutStatement],
  ];
  for (const [url, statement] of pages)
    app.get(
      url,
      { config: { access: 'public', beforeSecondFactor: true }, schema: { hide: true } },
      (request, reply) =>
        sendPage(
          request,
          reply,
          { title: pick(statement.title, request.ctx.language) },
          <StatementPage statement={statement} />,
        ),
    );
}

function StatementPage({ statement }: { statement: Statement }) {
  const { language } = useFrame();
  return (
    <>
      <PageHeading title={pick(statement.title, language)} lead={pick(statement.lead, language)} />
      {statement.sections.map((section) => (
        <Section key={section.heading.en} section={section} />
      ))}
    </>
  );
}

function Section({ section }: { section: StatementSection }) {
  const { language } = useFrame();
  const say = (text: Bilingual) => pick(text, language);
  return (
    <Card title={say(section.heading)}>
      <Prose>
        {section.paragraphs?.map((text) => (
          <p key={text.en}>{say(text)}</p>
        ))}
        {section.points ? (
          <ul>
            {section.points.map((text) => (
              <li key={text.en}>{say(text)}</li>
            ))}
          </ul>
        ) : null}
      </Prose>
    </Card>
  );
}
