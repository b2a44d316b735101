import type { Db } from '../../kernel/db.ts';
import type { PdfFile } from '../../kernel/typst.ts';
import { type Look, lookSchema } from './look.ts';
import { type Picture, picturesBySha, templateById } from './store.ts';

/** A look with the pictures it names, ready to be drawn. */
export type DrawnLook = { look: Look; pictures: readonly PdfFile[] };

const known = new WeakMap<Db, Map<string, DrawnLook>>();
const mostKnown = 50;

/** The look that a certificate was issued with; it never changes, so a process asks once. */
export async function lookOf(db: Db, templateId: string | null): Promise<DrawnLook | undefined> {
  if (!templateId) return undefined;
  const looks = known.get(db) ?? new Map<string, DrawnLook>();
  known.set(db, looks);
  const kept = looks.get(templateId);
  if (kept) return kept;
  const template = await templateById(db.read, templateId);
  if (!template) return undefined;
  const drawn = await withPictures(db, lookSchema.parse(template.look), []);
  if (looks.size >= mostKnown) looks.clear();
  if (template.state !== 'draft') looks.set(templateId, drawn);
  return drawn;
}

/** A look with its pictures, of which some may only just have been sent. */
export async function withPictures(db: Db, look: Look, sent: readonly Picture[]): Promise<DrawnLook> {
  const wanted = [look.logo, ...look.signatories.map((one) => one.picture)].filter((sha) => sha !== null);
  const kept = await picturesBySha(db, wanted);
  for (const picture of sent) kept.set(picture.sha256, picture);
  const pictures = [...kept].map(([sha, { png }]) => ({ name: pictureName(sha), bytes: png }));
  return { look, pictures };
}

/** By its content, so that a name never stands for another picture. */
export function pictureName(sha256: string): string {
  return `${sha256}.png`;
}
