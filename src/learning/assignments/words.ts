import { formatDay } from '../../kernel/dates.ts';
import { pick } from '../../kernel/i18n.ts';
import type { Say } from '../pages/words.ts';
import type { AskedCourse } from '../stores/post.ts';

type Target = {
  target: 'posts' | 'persons';
  designation: string | null;
  designationEn: string | null;
  cadre: string | null;
  cadreEn: string | null;
  serviceGroup: string | null;
};

/** पर्यवेक्षक · समाज कल्याण पर्यवेक्षक · समूह ग; empty where everybody posted there is meant. */
export function postText(row: Target, { t, language }: Say): string {
  const designation = pick({ hi: row.designation ?? '', en: row.designationEn ?? '' }, language);
  const cadre = pick({ hi: row.cadre ?? '', en: row.cadreEn ?? '' }, language);
  const group = row.serviceGroup
    ? t('learning.assignGroup', { group: groupName(row.serviceGroup, language) })
    : '';
  return [designation, cadre, group].filter(Boolean).join(' · ');
}

const hindiGroups: Record<string, string> = { A: 'क', B: 'ख', C: 'ग', D: 'घ' };

export function groupName(group: string, language: 'hi' | 'en'): string {
  return language === 'hi' ? (hindiGroups[group] ?? group) : group;
}

/** Who asks for it, and because of what: told with every course that was assigned. */
export function whyText(row: AskedCourse, say: Say): string {
  const { t, language } = say;
  const office = pick({ hi: row.officeHi, en: row.officeEn }, language);
  const post = postText(row, say);
  const why =
    row.target === 'persons'
      ? t('learning.askedByName', { office })
      : post
        ? t('learning.askedForPost', { office, post })
        : t('learning.askedForOffice', { office });
  return row.reason ? `${why} ${row.reason}` : why;
}

/** Until when, by whom: रमेश चन्द्र · 30 नवंबर 2026 तक */
export function wishText(row: AskedCourse, { t, language }: Say): string {
  const by = pick({ hi: row.byHi ?? '', en: row.byEn ?? '' }, language);
  const day = row.wishDay ? t('learning.askedUntil', { day: formatDay(row.wishDay, language) }) : '';
  return [by ? t('learning.askedBy', { name: by }) : '', day].filter(Boolean).join(' · ');
}
