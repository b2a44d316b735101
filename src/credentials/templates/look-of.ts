import type { Db } from '../../kernel/db.ts';
import { type Look, lookSchema } from './look.ts';
import { type Picture, picturesBySha, templateById } from './store.ts';

/** A look with the pictures it names, ready to be drawn. */
export type DrawnLook = { look: Look; pictures: ReadonlyMap<string, string> };

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
  return { look, pictures: new Map([...kept].map(([sha, picture]) => [sha, asSvg(picture)])) };
}

/** As SVG text, since data of a page travels as text; the pixels inside stay as they are. */
function asSvg({ png, width, height }: Picture): string {
  const data = png.toString('base64');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
    `<image href="data:image/png;base64,${data}" width="${width}" height="${height}"/></svg>`
  );
}
