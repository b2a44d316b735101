import type { FastifyRequest } from 'fastify';
import type { FormValues } from '../../../kernel/http/answer-form.ts';
import type { TwoScripts } from '../../content.ts';
import { type Look, type Signatory, type ThirdLanguage, thirdLanguages } from '../look.ts';
import { largestPictureBytes, readPng } from '../read-png.ts';
import type { Picture } from '../store.ts';

export const pictureFields = ['logo', 'picture1', 'picture2'] as const;
type PictureField = (typeof pictureFields)[number];
export type SentTemplate = { values: FormValues; pictures: Partial<Record<PictureField, Picture>> };

/** The form as it was sent: texts, and pictures where some were chosen. Nothing of it is kept yet. */
export async function sentTemplate(request: FastifyRequest): Promise<SentTemplate> {
  const sent: SentTemplate = { values: {}, pictures: {} };
  if (!request.isMultipart()) return { ...sent, values: textsOf(request.body) };
  for await (const part of request.parts({ limits: { fileSize: largestPictureBytes + 1, files: 3 } })) {
    if (part.type === 'field') {
      if (typeof part.value === 'string') sent.values[part.fieldname] = part.value.trim().slice(0, 300);
      continue;
    }
    const field = pictureFields.find((name) => name === part.fieldname);
    const png = await part.toBuffer().catch(() => Buffer.alloc(0));
    if (field && part.filename) sent.pictures[field] = readPng(field, png);
  }
  return sent;
}

function textsOf(body: unknown): FormValues {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The look that a form describes; a picture that was neither sent nor taken away stays as it was. */
export function lookOfForm({ values, pictures }: SentTemplate, before: Look): Look {
  const text = (name: string) => values[name] || null;
  const both = (name: string): TwoScripts => ({ hi: text(`${name}Hi`), en: text(`${name}En`) });
  const picture = (field: PictureField, old: string | null) =>
    pictures[field]?.sha256 ?? (values[`${field}Gone`] ? null : old);
  const signatory = (place: 1 | 2): Signatory => ({
    name: both(`name${place}`),
    designation: both(`designation${place}`),
    picture: picture(`picture${place}`, before.signatories[place - 1]?.picture ?? null),
  });
  const signatories = [signatory(1), signatory(2)].filter(({ name }) => name.hi || name.en);
  return {
    form: 1,
    languages: values['languages'] === 'hi' || values['languages'] === 'en' ? values['languages'] : 'both',
    third: thirdIn(values['third']),
    issuer: both('issuer'),
    issuerThird: text('issuerThird'),
    title: both('title'),
    titleThird: text('titleThird'),
    logo: picture('logo', before.logo),
    signatories,
  };
}

function thirdIn(value: string | undefined): ThirdLanguage | null {
  return thirdLanguages.find((language) => language === value) ?? null;
}

/** What the form shows of a look. */
export function valuesOfLook(look: Look): FormValues {
  const values: Record<string, string | null> = {
    languages: look.languages,
    third: look.third,
    issuerThird: look.issuerThird,
    titleThird: look.titleThird,
  };
  const put = (name: string, text: TwoScripts) =>
    Object.assign(values, { [`${name}Hi`]: text.hi, [`${name}En`]: text.en });
  put('issuer', look.issuer);
  put('title', look.title);
  for (const [at, signatory] of look.signatories.entries()) {
    put(`name${at + 1}`, signatory.name);
    put(`designation${at + 1}`, signatory.designation);
  }
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? '']));
}
