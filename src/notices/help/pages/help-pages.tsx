import { indiaDay } from '../../../kernel/dates.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  EmptyState,
  ErrorSummary,
  errorFor,
  Form,
  HiddenFields,
  KeyValue,
  Notice,
  PageHeading,
  Tag,
  TextArea,
  TextField,
  useFrame,
} from '../../../shell/index.ts';
import type { OwnHelp } from '../help-views.ts';
import { pagePathOf } from '../page-path.ts';
import type { ListedHelp } from '../store.ts';
import { StateTag, Thread } from './thread.tsx';

type AskProps = { title: string; state: FormState; isVisitor: boolean };

export function AskPage({ title, state, isVisitor }: AskProps) {
  const { t } = useFrame();
  const from = state.values['from'] || undefined;
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading
        title={title}
        lead={t(isVisitor ? 'notices.visitorLead' : 'notices.helpLead')}
        actions={
          isVisitor ? undefined : (
            <Button variant="secondary" href="/help/mine">
              {t('notices.mineTitle')}
            </Button>
          )
        }
      />
      <Card>
        <Form action="/help">
          <HiddenFields values={{ from }} />
          <TextArea
            name="text"
            label={t('notices.textField')}
            hint={t('notices.textHint')}
            rows={6}
            maxLength={4000}
            value={state.values['text']}
            error={errorFor(state.errors, 'text')}
          />
          {isVisitor ? <VisitorFields state={state} /> : null}
          {from ? (
            <KeyValue
              items={[{ label: t('notices.aboutPage'), value: <code>{pagePathOf(from).path}</code> }]}
            />
          ) : null}
          <ButtonRow>
            <Button>{t('notices.send')}</Button>
            <Button variant="quiet" href={from ? pagePathOf(from).path : '/'}>
              {t('common.cancel')}
            </Button>
          </ButtonRow>
        </Form>
      </Card>
      <p class="soft">{t('notices.noSecrets')}</p>
    </>
  );
}

function VisitorFields({ state }: { state: FormState }) {
  const { t } = useFrame();
  const field = (name: string) => ({ name, value: state.values[name], error: errorFor(state.errors, name) });
  return (
    <>
      <TextField {...field('name')} label={t('notices.nameField')} autocomplete="name" />
      <TextField
        {...field('mobile')}
        label={t('notices.mobileField')}
        hint={t('notices.mobileHint')}
        type="tel"
        inputmode="numeric"
        autocomplete="tel-national"
        width="medium"
        isOptional
      />
      <TextField {...field('code')} label={t('notices.codeField')} width="medium" isOptional />
    </>
  );
}

export function VisitorSentPage({ title }: { title: string }) {
  const { t } = useFrame();
  return (
    <>
      <PageHeading title={title} />
      <Notice tone="done">
        <p>{t('notices.visitorSent')}</p>
      </Notice>
      <ButtonRow>
        <Button href="/">{t('common.toHome')}</Button>
      </ButtonRow>
    </>
  );
}

export function OwnListPage({ title, rows }: { title: string; rows: ListedHelp[] }) {
  const { t } = useFrame();
  return (
    <>
      <PageHeading
        title={title}
        lead={t('notices.mineLead')}
        actions={
          <Button icon="help" href="/help">
            {t('notices.ask')}
          </Button>
        }
      />
      <Card>
        <DataTable<ListedHelp>
          caption={title}
          isCaptionHidden
          rows={rows}
          rowKey={(row) => row.helpRequestId}
          empty={
            <EmptyState
              icon="help"
              title={t('notices.noneMine')}
              action={<Button href="/help">{t('notices.ask')}</Button>}
            >
              {t('notices.noneMineText')}
            </EmptyState>
          }
          columns={[
            {
              key: 'text',
              label: t('notices.question'),
              isRowHeading: true,
              value: (row) => shorten(row.firstText),
              href: (row) => `/help/${row.helpRequestId}`,
            },
            {
              key: 'when',
              label: t('notices.changed'),
              kind: 'date',
              value: (row) => indiaDay(row.changedAt),
            },
            {
              key: 'state',
              label: t('notices.state'),
              value: (row) => (
                <>
                  <StateTag state={row.state} />{' '}
                  {row.isNews ? <Tag tone="due">{t('notices.isNew')}</Tag> : null}
                </>
              ),
            },
          ]}
        />
      </Card>
    </>
  );
}

/** The beginning of a question, for a list. */
export function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const letters = [...line];
  return letters.length > 90 ? `${letters.slice(0, 88).join('')}…` : line;
}

type OwnProps = { title: string; help: OwnHelp; state: FormState };

export function OwnHelpPage({ title, help, state }: OwnProps) {
  const { t } = useFrame();
  const { request, messages } = help;
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={title} lead={<StateTag state={request.state} />} />
      <KeyValue
        items={[{ label: t('notices.aboutPage'), value: <a href={request.pagePath}>{request.pagePath}</a> }]}
      />
      <Thread messages={messages} />
      {request.state === 'open' ? <p class="soft">{t('notices.waits')}</p> : null}
      <Card title={t(request.state === 'open' ? 'notices.writeMore' : 'notices.stillOpen')}>
        <Form action={`/help/${request.helpRequestId}/messages`}>
          <TextArea
            name="text"
            label={t('notices.textField')}
            rows={4}
            maxLength={4000}
            value={state.values['text']}
            error={errorFor(state.errors, 'text')}
          />
          <ButtonRow>
            <Button variant="secondary">{t('notices.send')}</Button>
          </ButtonRow>
        </Form>
      </Card>
    </>
  );
}
