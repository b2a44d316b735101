import type { Bilingual } from '../../kernel/i18n.ts';

/** What a long backup or restore is at. */
export type Stage = 'write' | 'check' | 'load' | 'index' | 'upgrade' | 'files';
export type Tell = (stage: Stage, done: number, total: number) => void;

export const tellNobody: Tell = () => undefined;

const words: Record<Stage, Bilingual> = {
  write: { hi: 'बैकअप', en: 'Backup' },
  check: { hi: 'फ़ाइल की जाँच', en: 'Checking the file' },
  load: { hi: 'डेटा भरा जा रहा है', en: 'Loading rows' },
  index: { hi: 'सूचकांक बन रहे हैं', en: 'Making indexes' },
  upgrade: { hi: 'डेटा नए संस्करण में लाया जा रहा है', en: 'Bringing the data to this version' },
  files: { hi: 'फ़ाइलें', en: 'Files' },
};

const everyMs = 5000;

/** After five seconds a line for each stage, and one each five seconds: a terminal shows that it goes on, a log does not fill. */
export function progressLines(print: (text: string) => void): Tell {
  const began = performance.now();
  let last = { at: began, stage: '' };
  return (stage, done, total) => {
    const at = performance.now();
    if (at - began < everyMs || (stage === last.stage && at - last.at < everyMs)) return;
    last = { at, stage };
    const { hi, en } = words[stage];
    const share = total > 0 ? ` ${Math.min(99, Math.floor((100 * done) / total))} %` : ' …';
    print(`${hi} / ${en}:${share}`);
  };
}

/** "2.1 GB, 63 s". */
export function amountText(bytes: number, seconds: number): string {
  return `${sizeText(bytes)}, ${seconds} s`;
}

export function sizeText(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
