import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isNoRoom, noRoom, Refusal } from '../../../kernel/errors.ts';
import type { Runtime } from '../../../kernel/feature.ts';
import type { FormValues } from '../../../kernel/http/answer-form.ts';
import { pick } from '../../../kernel/i18n.ts';
import { kindOfType, largestBytes, saveFile } from '../../save-file.ts';
import { type FileSlot, wantedText } from '../file-slots.ts';

export type ChosenFile = FileSlot & { fileId: string };
export type SentLesson = {
  values: FormValues;
  files: ChosenFile[];
  /** Pictures that were put at the end of a text. */
  imageCount: number;
  /** Of the files alone; the texts are judged by the form's schema. */
  errors: { field: string; text: string }[];
  status: number;
};

type Reading = { runtime: Runtime; kind: string };

/** The lesson's form as it was sent: texts, and files where some were chosen; a refused file loses no text. */
export async function sentLesson(request: FastifyRequest, reading: Reading): Promise<SentLesson> {
  const sent: SentLesson = { values: {}, files: [], imageCount: 0, errors: [], status: 422 };
  if (!request.isMultipart()) return { ...sent, values: textsIn(request.body) };
  for await (const part of request.parts({ limits: { fileSize: largestBytes.video + 1_000_000 } })) {
    if (part.type === 'field') {
      if (typeof part.value === 'string') takeText(sent, part.fieldname, part.value);
    } else if (!part.filename || sent.values['action'] === 'preview') part.file.resume();
    else await take(request, { part, sent, reading });
  }
  const wanted = sent.values['action']?.match(/^upload-(.+)$/)?.[1];
  if (wanted && sent.files.length + sent.imageCount + sent.errors.length === 0)
    sent.errors.push({ field: wanted, text: pick(chooseText, request.ctx.language) });
  return sent;
}

/** `kept-file-hi`: the id of a file that came before, in pieces, in place of the file. */
function takeText(sent: SentLesson, name: string, value: string): void {
  const slot = slotOf(name.replace(/^kept-/, ''));
  if (!slot || !name.startsWith('kept-')) sent.values[name] = value;
  else if (z.uuid().safeParse(value).success) sent.files.push({ ...slot, fileId: value });
}

const chooseText = { hi: 'पहले फ़ाइल चुनें।', en: 'Choose a file first.' };

function textsIn(body: unknown): FormValues {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

type Taking = { part: MultipartFile; sent: SentLesson; reading: Reading };

async function take(request: FastifyRequest, { part, sent, reading }: Taking): Promise<void> {
  const slot = slotOf(part.fieldname);
  const body = imageFields[part.fieldname];
  if (!slot && !body) {
    part.file.resume();
    return;
  }
  const wanted = body ? 'image' : slot?.slot === 'captions' ? 'captions' : reading.kind;
  const refuse = (refusal: Refusal) => {
    const text = refusal.code === 'unsupported_type' ? wantedText(wanted) : refusal.fields[0]?.text;
    sent.errors.push({ field: part.fieldname, text: pick(text ?? refusal.text, request.ctx.language) });
    sent.status = refusal.status;
  };
  try {
    const upload = { source: part.file, name: part.filename };
    const saved = await saveFile(request.ctx, reading.runtime.storage, upload);
    if (kindOfType(saved.contentType) !== wanted) refuse(new Refusal('unsupported_type', wantedText(wanted)));
    else if (slot) sent.files.push({ ...slot, fileId: saved.fileId });
    else if (body) addImage(sent, body, saved);
  } catch (error) {
    const refusal = isNoRoom(error) ? noRoom() : error;
    if (!(refusal instanceof Refusal) || !isAboutFile(refusal)) throw error;
    refuse(refusal);
  }
}

const imageFields: Record<string, string> = { 'image-hi': 'bodyHi', 'image-en': 'bodyEn' };

/** The picture stands at the end of the text, described by its name until the author does better. */
function addImage(sent: SentLesson, body: string, file: { fileId: string; name: string }): void {
  const words = file.name.replace(/\.[^.]*$/, '').replace(/[[\]]/g, '');
  sent.values[body] = `${(sent.values[body] ?? '').trimEnd()}\n\n![${words}](/media/${file.fileId})\n`;
  sent.imageCount += 1;
}

export function slotOf(name: string): FileSlot | undefined {
  const [, slot, language] = /^(file|captions)-(hi|en)$/.exec(name) ?? [];
  if (!slot || !language) return undefined;
  return { slot: slot as FileSlot['slot'], language: language as FileSlot['language'] };
}

function isAboutFile(refusal: Refusal): boolean {
  return ['invalid', 'unsupported_type', 'too_large', 'no_room'].includes(refusal.code);
}
