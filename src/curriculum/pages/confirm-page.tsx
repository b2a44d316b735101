import type { ComponentChildren } from 'preact';
import { Button, ButtonRow, Form, HiddenFields, PageHeading } from '../../shell/index.ts';
import type { Say } from '../words.ts';

type Props = {
  title: string;
  lead: string;
  action: string;
  verb: string;
  /** Where it goes without doing it; missing: back to the form, with what was typed. */
  backHref?: string;
  sent?: Record<string, string>;
  lists?: Record<string, string[]>;
  children?: ComponentChildren;
  say: Say;
};

/** What is about to be done, before it is: for what cannot be taken back. */
export function ConfirmPage({ sent = {}, lists = {}, say: { t }, ...page }: Props) {
  return (
    <>
      <PageHeading title={page.title} lead={page.lead} />
      {page.children}
      <Form action={page.action}>
        <HiddenFields values={sent} />
        {Object.entries(lists).flatMap(([name, values]) =>
          values.map((value) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />),
        )}
        <ButtonRow>
          <Button name="sure" value="yes" icon="check">
            {page.verb}
          </Button>
          {page.backHref ? (
            <Button href={page.backHref} variant="secondary">
              {t('curriculum.goBack')}
            </Button>
          ) : (
            <Button name="sure" value="back" variant="secondary">
              {t('curriculum.goBack')}
            </Button>
          )}
        </ButtonRow>
      </Form>
    </>
  );
}

/** The way out of a draft that was begun by mistake; it is asked about on a page of its own. */
export function DiscardDraft({ action, say: { t } }: { action: string; say: Say }) {
  return (
    <Form action={action}>
      <ButtonRow>
        <Button variant="quiet">{t('curriculum.discardDraft')}</Button>
      </ButtonRow>
    </Form>
  );
}
