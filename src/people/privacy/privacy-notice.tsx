import { type Bilingual, pick } from '../../kernel/i18n.ts';
import { Card, Details, Prose, SummaryList, useFrame } from '../../shell/index.ts';
import {
  type NoticeItem,
  type NoticeSection,
  noticeIntroduction,
  noticeItems,
  noticeSections,
} from './notice-text.ts';

/** The whole notice, in the language of the page; also shown at the first sign-in. */
export function PrivacyNotice() {
  const { t, language } = useFrame();
  return (
    <>
      <Prose>
        {noticeIntroduction.map((text) => (
          <p key={text.en}>{pick(text, language)}</p>
        ))}
      </Prose>
      <Card title={t('people.privacyItems')} lead={t('people.privacyItemsLead')}>
        {noticeItems.map((item) => (
          <Item key={item.data.en} item={item} />
        ))}
      </Card>
      {noticeSections.map((section) => (
        <Section key={section.heading.en} section={section} />
      ))}
    </>
  );
}

function Item({ item }: { item: NoticeItem }) {
  const { t, language } = useFrame();
  const say = (text: Bilingual) => pick(text, language);
  return (
    <Details summary={say(item.data)} isOpen>
      <SummaryList
        rows={[
          { label: t('people.privacyPurpose'), value: say(item.purpose) },
          { label: t('people.privacySeenBy'), value: say(item.seenBy) },
          { label: t('people.privacyKeptFor'), value: say(item.keptFor) },
        ]}
      />
    </Details>
  );
}

function Section({ section }: { section: NoticeSection }) {
  const { language } = useFrame();
  return (
    <Card title={pick(section.heading, language)}>
      <Prose>
        {section.paragraphs.map((text) => (
          <p key={text.en}>{pick(text, language)}</p>
        ))}
        {section.points ? (
          <ul>
            {section.points.map((text) => (
              <li key={text.en}>{pick(text, language)}</li>
            ))}
          </ul>
        ) : null}
      </Prose>
    </Card>
  );
}
