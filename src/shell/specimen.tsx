import type { ComponentChildren } from 'preact';
import type { Language } from '../kernel/i18n.ts';
import type { FrameLink, PageFrame } from './frame.ts';
import { renderPage } from './page.tsx';
import { departmentSpecimen } from './specimens/department.tsx';
import { emptySpecimen } from './specimens/empty.tsx';
import { formSpecimen } from './specimens/form.tsx';
import { homeSpecimen } from './specimens/home.tsx';
import { piecesSpecimen } from './specimens/pieces.tsx';
import { signInSpecimen } from './specimens/sign-in.tsx';
import { tableSpecimen } from './specimens/table.tsx';

export type Say = (hi: string, en: string) => string;
export type Specimen = { frame: Partial<PageFrame> & { title: string }; body: ComponentChildren };

const specimens = {
  home: homeSpecimen,
  department: departmentSpecimen,
  'sign-in': signInSpecimen,
  table: tableSpecimen,
  empty: emptySpecimen,
  form: formSpecimen,
  pieces: piecesSpecimen,
} satisfies Record<string, (say: Say) => Specimen>;

export type SpecimenName = keyof typeof specimens;
export const specimenNames = Object.keys(specimens) as SpecimenName[];

/** A page with real-looking content that shows the components at work; people and figures are invented. */
export function renderSpecimen(language: Language, which: SpecimenName): string {
  const say: Say = (hi, en) => (language === 'hi' ? hi : en);
  const { frame, body } = specimens[which](say);
  const navigation = frame.navigation ?? 'office';
  return renderPage(
    {
      language,
      path: `/specimen/${which}`,
      assets: { css: 'app.css', scripts: [] },
      csrf: 'a-token',
      navigation,
      links: navigation === 'office' ? officeLinks(say) : navigation === 'learner' ? learnerLinks(say) : [],
      ...frame,
    },
    body,
  );
}

function officeLinks(say: Say): FrameLink[] {
  return [
    { key: 'review', label: say('समीक्षा', 'Review'), href: '/office', icon: 'chart' },
    { key: 'offices', label: say('कार्यालय', 'Offices'), href: '/offices', icon: 'building' },
    { key: 'orders', label: say('आदेश व योजना', 'Orders and plans'), href: '/orders', icon: 'order' },
    { key: 'people', label: say('कार्मिक', 'People'), href: '/people', icon: 'people', badge: 14 },
    { key: 'reports', label: say('रिपोर्ट', 'Reports'), href: '/reports', icon: 'file' },
    { key: 'imports', label: say('आयात', 'Imports'), href: '/imports', icon: 'upload' },
    {
      key: 'acr',
      label: say('वार्षिक प्रविष्टि (ACR)', 'Appraisal (ACR)'),
      href: '/appraisal',
      icon: 'calendar',
    },
  ];
}

function learnerLinks(say: Say): FrameLink[] {
  return [
    { key: 'home', label: say('मुख्य पृष्ठ', 'Home'), href: '/', icon: 'home' },
    { key: 'search', label: say('कोर्स खोजें', 'Find courses'), href: '/courses', icon: 'search' },
    {
      key: 'certificates',
      label: say('प्रमाणपत्र', 'Certificates'),
      href: '/certificates',
      icon: 'certificate',
      badge: 1,
    },
    { key: 'profile', label: say('प्रोफ़ाइल', 'Profile'), href: '/profile', icon: 'person' },
  ];
}
