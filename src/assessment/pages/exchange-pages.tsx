import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { keyText, questionKindLabel } from '../../catalogue/index.ts';
import { Refusal } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { disposition } from '../../kernel/http/disposition.ts';
import { pick } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  ErrorSummary,
  errorFor,
  type FieldError,
  FileField,
  Form,
  HiddenFields,
  Notice,
  PageHeading,
  RadioGroup,
} from '../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import type { NotTaken } from '../exchange/given.ts';
import {
  type ExportCount,
  exportCounts,
  exportQuestions,
  type Format,
  type Import,
  importQuestions,
  readImport,
} from '../import-questions.ts';
import { authorRoles, holdsOver, readerRoles } from '../policy.ts';
import { visibleBank } from '../queries.ts';
import type { NewQuestion } from '../save-bank-question.ts';
import type { BankRow } from '../stores/banks.ts';
import { bankHref, banksHref, difficultyLabel, nameOf, type Say, sayOf } from './words.ts';

const byBank = z.object({ bank: z.string().min(1).max(64) });
const wanted = z.object({ format: z.enum(['gift', 'qti']), language: z.enum(['hi', 'en']).default('hi') });
const confirmed = wanted.extend({ content: z.string().max(4_000_000) });
const largest = 2_000_000;
const author = { access: { roles: authorRoles } };
const reader = { access: { roles: readerRoles } };

/** Questions out of and into a bank, as GIFT or QTI 3; a file is looked at before anything is kept. */
export function exchangeRoutes(app: App): void {
  const read = { config: reader, schema: { params: byBank, hide: true } };
  app.get('/office/banks/:bank/exchange', read, (request, reply) =>
    sendExchange(request, reply, { code: request.params.bank, errors: [] }),
  );
  app.get(
    '/office/banks/:bank/export',
    { config: { ...reader, file: 'content' }, schema: { params: byBank, querystring: wanted, hide: true } },
    async (request, reply) => {
      const { bytes, name, type } = await exportQuestions(request.ctx, request.params.bank, request.query);
      return reply.type(type).header('content-disposition', disposition('attachment', name)).send(bytes);
    },
  );
  importRoutes(app);
}

function importRoutes(app: App): void {
  const options = { config: author, schema: { params: byBank, hide: true } };
  app.post('/office/banks/:bank/exchange', options, async (request, reply) => {
    const code = request.params.bank;
    const sent = await sentFile(request);
    const { t } = sayOf(request);
    if (!sent) {
      const errors = [{ field: 'file', text: t('assessment.chooseFile') }];
      return sendExchange(request, reply, { code, errors });
    }
    try {
      return sendLook(request, reply, { sent, read: await readImport(request.ctx, code, sent) });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'invalid') throw error;
      const errors = [{ field: 'file', text: pick(error.text, request.ctx.language) }];
      return sendExchange(request, reply, { code, errors });
    }
  });
  app.post(
    '/office/banks/:bank/import',
    { config: author, bodyLimit: 5_000_000, schema: { params: byBank, body: confirmed, hide: true } },
    async (request, reply) => {
      const { format, language, content } = request.body;
      const file = { format, language, content: Buffer.from(content, 'base64') };
      await importQuestions(request.ctx, request.params.bank, file);
      flash(reply, { kind: 'success', key: 'assessment.imported' });
      return seeOther(reply, bankHref(request.params.bank));
    },
  );
}

type Sent = { format: Format; language: 'hi' | 'en'; content: Buffer };

/** The file and how to read it; a zip is QTI whatever was chosen. */
async function sentFile(request: FastifyRequest): Promise<Sent | undefined> {
  if (!request.isMultipart()) return undefined;
  const values: Record<string, string> = {};
  let content: Buffer | undefined;
  for await (const part of request.parts({ limits: { fileSize: largest } })) {
    if (part.type === 'field') values[part.fieldname] = String(part.value);
    else if (part.filename) content = await part.toBuffer();
    else part.file.resume();
  }
  if (!content || content.length === 0) return undefined;
  const isXml =
    content.subarray(0, 2).toString() === 'PK' ||
    content.subarray(0, 200).toString().trimStart().startsWith('<?xml');
  const format = isXml || values['format'] === 'qti' ? 'qti' : 'gift';
  return { format, language: values['language'] === 'en' ? 'en' : 'hi', content };
}

async function sendExchange(
  request: FastifyRequest,
  reply: FastifyReply,
  { code, errors }: { code: string; errors: FieldError[] },
) {
  const say = sayOf(request);
  const { t } = say;
  const bank = await visibleBank(request.ctx, code);
  const title = t('assessment.exchange');
  const frame = { ...frameOf(bank, say), title, hasErrors: errors.length > 0 };
  return sendPage(
    request,
    reply,
    { ...frame, status: errors.length > 0 ? 422 : undefined },
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={title} lead={t('assessment.exchangeLead')} />
      {holdsOver(request.ctx, authorRoles, bank) ? <Upload bank={bank} errors={errors} say={say} /> : null}
      <Card title={t('assessment.export')} lead={t('assessment.exportLead')}>
        <Files bank={bank} counts={await exportCounts(request.ctx, bank)} say={say} />
        <p class="soft">{t('assessment.exportNote')}</p>
      </Card>
    </>,
  );
}

/** What each file holds and what it leaves out, before it is taken. */
function Files({ bank, counts, say }: { bank: BankRow; counts: ExportCount[]; say: Say }) {
  const { t } = say;
  const nameOfFile = ({ format, language }: ExportCount) =>
    `${format === 'gift' ? 'GIFT' : 'QTI 3'} (${languageName(language, say)})`;
  return (
    <DataTable<ExportCount>
      caption={t('assessment.export')}
      isCaptionHidden
      isCountHidden
      rows={counts}
      rowKey={nameOfFile}
      columns={[
        {
          key: 'file',
          label: t('assessment.file'),
          kind: 'link',
          isRowHeading: true,
          value: nameOfFile,
          href: ({ format, language }) =>
            bankHref(bank.code, `/export?format=${format}&language=${language}`),
        },
        { key: 'taken', label: t('assessment.questions'), kind: 'number', value: (row) => row.taken },
        {
          key: 'left',
          label: t('assessment.leftOut'),
          value: ({ silent, formless }) =>
            [
              silent > 0 ? t('assessment.leftSilent', { n: silent }) : '',
              formless > 0 ? t('assessment.leftFormless', { n: formless }) : '',
            ]
              .filter(Boolean)
              .join('; ') || '–',
        },
      ]}
    />
  );
}

function frameOf(bank: BankRow, { t, language }: Say) {
  const breadcrumbs = [
    { label: t('assessment.banks'), href: banksHref },
    { label: nameOf(bank, language), href: bankHref(bank.code) },
  ];
  return { area: 'office' as const, activeLink: 'banks', width: 'reading' as const, breadcrumbs };
}

function languageName(language: 'hi' | 'en', { t }: Say): string {
  return t(language === 'hi' ? 'catalogue.authorHindi' : 'catalogue.authorEnglish');
}

function Upload({ bank, errors, say }: { bank: BankRow; errors: FieldError[]; say: Say }) {
  const { t } = say;
  return (
    <Card title={t('assessment.import')} lead={t('assessment.importLead')}>
      <Form action={bankHref(bank.code, '/exchange')} hasFiles>
        <RadioGroup
          name="language"
          label={t('assessment.fileLanguage')}
          value="hi"
          isInline
          options={(['hi', 'en'] as const).map((one) => ({ value: one, label: languageName(one, say) }))}
        />
        <FileField
          name="file"
          label={t('assessment.fileHint')}
          error={errorFor(errors, 'file')}
          accept=".gift,.txt,.zip,.xml"
          maximumMegabytes={2}
        />
        <Button>{t('assessment.lookFirst')}</Button>
      </Form>
    </Card>
  );
}

function sendLook(
  request: FastifyRequest,
  reply: FastifyReply,
  { sent, read }: { sent: Sent; read: Import },
) {
  const say = sayOf(request);
  const { t } = say;
  const { bank, taken, twins, notTaken } = read;
  const coming = taken.length + twins.length;
  const title = t('assessment.lookTitle');
  const { format, language } = sent;
  return sendPage(
    request,
    reply,
    { ...frameOf(bank, say), title },
    <>
      <PageHeading title={title} lead={t('assessment.lookLead', { n: coming, not: notTaken.length })} />
      {notTaken.length > 0 ? <Left rows={notTaken} say={say} /> : null}
      {taken.length > 0 ? (
        <Coming caption={t('assessment.coming')} rows={taken} language={language} say={say} />
      ) : null}
      {twins.length > 0 ? (
        <Coming
          caption={t('assessment.comingTwins', { language: languageName(language, say) })}
          rows={twins.map(({ row, content }) => ({ ...row, content }))}
          language={language}
          say={say}
        />
      ) : null}
      <Form action={bankHref(bank.code, '/import')}>
        <HiddenFields values={{ format, language, content: sent.content.toString('base64') }} />
        <ButtonRow>
          {coming > 0 ? <Button icon="check">{t('assessment.bringIn', { n: coming })}</Button> : null}
          <Button href={bankHref(bank.code, '/exchange')} variant="secondary">
            {t('assessment.otherFile')}
          </Button>
        </ButtonRow>
      </Form>
    </>,
  );
}

function Left({ rows, say: { t, language } }: { rows: NotTaken[]; say: Say }) {
  return (
    <>
      <Notice tone="needs-you" title={t('assessment.notTaken', { n: rows.length })} />
      <DataTable<NotTaken>
        caption={t('assessment.notTaken', { n: rows.length })}
        isCaptionHidden
        isCountHidden
        rows={rows}
        rowKey={(row) => `${row.place} ${row.title}`}
        columns={[
          { key: 'place', label: t('assessment.linePlace'), isRowHeading: true, value: (row) => row.place },
          { key: 'title', label: t('catalogue.authorQuestion'), value: (row) => row.title },
          { key: 'reason', label: t('assessment.reason'), value: (row) => pick(row.reason, language) },
        ]}
      />
    </>
  );
}

type ComingProps = { caption: string; rows: NewQuestion[]; language: 'hi' | 'en'; say: Say };

function Coming({ caption, rows, language, say }: ComingProps) {
  const { t } = say;
  return (
    <DataTable<NewQuestion>
      caption={caption}
      rows={rows}
      rowKey={(row) => `${row.code ?? ''} ${pick(row.content.text, language)}`}
      columns={[
        {
          key: 'text',
          label: t('catalogue.authorQuestion'),
          isRowHeading: true,
          value: (row) => pick(row.content.text, language),
        },
        {
          key: 'kind',
          label: t('assessment.kind'),
          value: (row) => questionKindLabel(row.content.kind, say),
        },
        { key: 'key', label: t('catalogue.authorRight'), value: (row) => keyText(row.content, language) },
        { key: 'tags', label: t('assessment.tags'), value: (row) => row.tags.join(', ') },
        {
          key: 'difficulty',
          label: t('assessment.difficulty'),
          value: (row) => difficultyLabel(row.difficulty, say),
        },
      ]}
    />
  );
}
