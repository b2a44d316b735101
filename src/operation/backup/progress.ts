import type { Bilingual } from '../../kernel/i18n.ts';

/** What a long backup or restore is at. */
export type Stage = 'write' | 'check' | 'load' | 'upgrade' | 'files';
export type Tell = (stage: Stage, done: number, total: number) => void;

export const tellNobody: Tell = () => undefined;

const words: Record<Stage, Bilingual> = {
  write: { hi: 'बैकअप', en: 'Backup' },
  check: { hi: 'फ़ाइल की जाँच', en: 'Checking the file' },
  load: { hi: 'डेटा भरा जा रहा है', en: 'Loading rows' },
  upgrade: { hi: 'डेटा नए संस्करण में लाया जा रहा है', en: 'Bringing the data to this version' },
  files: { hi: 'फ़ाइलें', en: 'Files' },
};

const everyMs = 5000;

/** A line at most every five seconds, so that a terminal shows that it goes on and a log does not fill. */
export function progressLines(print: (text: string) => void): Tell {
  let last = performance.now();
  return (stage, done, total) => {
    const now = performance.now();
    if (now - last < everyMs) return;
    last = now;
    const { hi, en } = words[stage];
    const share = total > 0 ? Math.min(99, Math.floor((100 * done) / total)) : 0;
    print(`${hi} / ${en}: ${share} %`);
  };
}

/** "2.1 GB, 63 s". */
export function amountText(bytes: number, seconds: number): string {
  const size = bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;
  return `${size}, ${seconds} s`;
}
