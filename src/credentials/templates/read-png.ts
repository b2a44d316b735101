import { hash } from 'node:crypto';
import { invalid } from '../../kernel/errors.ts';
import type { Picture } from './store.ts';

export const largestPictureBytes = 300_000;
/** More would only be shrunk again: a logo is printed 15 mm high. */
const mostPixelsASide = 2000;

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A PNG of a logo or signature; refused where it is none, too large, or unfolds to more than it says. */
export function readPng(path: string, png: Buffer): Picture {
  const isPng = png.length > 45 && png.subarray(0, 8).equals(signature);
  if (!isPng || png.toString('latin1', 12, 16) !== 'IHDR') throw refused(path, 'not_png', notPng);
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const isTooLarge = png.length > largestPictureBytes || Math.max(width, height) > mostPixelsASide;
  if (isTooLarge || width === 0 || height === 0) throw refused(path, 'picture_too_large', tooLarge);
  return { sha256: hash('sha256', png), png, width, height };
}

const notPng = { hi: 'PNG चित्र चुनें।', en: 'Choose a PNG picture.' };
const tooLarge = {
  hi: `चित्र ${largestPictureBytes / 1000} kB और ${mostPixelsASide} पिक्सेल से छोटा चुनें।`,
  en: `Choose a picture below ${largestPictureBytes / 1000} kB and ${mostPixelsASide} pixels a side.`,
};

function refused(path: string, code: string, text: { hi: string; en: string }) {
  return invalid([{ path, code, text }]);
}
