import { addDeskRow, setCompetencyDictionary } from '../catalogue/index.ts';
import type { Feature } from '../kernel/feature.ts';
import { addPersonSection, onPersonsMerged } from '../people/index.ts';
import { addSiteLink } from '../shell/site/index.ts';
import { competenciesApi } from './api.ts';
import { namesOfTags, rememberNames } from './dictionary/known-names.ts';
import { seedDictionary } from './dictionary/seed-dictionary.ts';
import { resolveWords } from './dictionary/tags.ts';
import { courseRow } from './pages/course-row.ts';
import { deskRoutes } from './pages/desk-routes.tsx';
import { dictionaryRoutes } from './pages/dictionary-routes.tsx';
import { levelsRoutes } from './pages/levels-routes.tsx';
import { needsRoutes } from './pages/needs-routes.tsx';
import { ownCard } from './pages/own-card.tsx';
import { passbookRoutes } from './pages/passbook-routes.tsx';
import { personCard } from './pages/person-card.tsx';
import { competencyPicker } from './pages/picker.tsx';
import { mergeDeclarations } from './passbook/merge-declarations.ts';
import { rolesKeepingDictionary, rolesSettingNeeds } from './policy.ts';
import { allCompetencies } from './stores/dictionary.ts';

/** A course's tags as kept (`key` or `key:level`), read. */
export { type CompetencyTag, type Level, readTags } from './dictionary/tags.ts';
/** The dictionary by kind, and the published courses of an entry: for facets and suggestions. */
export {
  type CompetencyBranch,
  competencyTree,
  coursesOfCompetency,
  type NamedTag,
  namedTags,
  tagsOf,
} from './dictionary/tree.ts';
/** What a person's post asks for and what is missing, for suggestions with their reason. */
export { type CompetencyNeeded, competenciesNeeded } from './needs/competencies-needed.ts';
/** Chips for a course's page: read with `courseCompetencies`, drawn by `CompetencyChips`. */
export { CompetencyChips, type CourseCompetencies, courseCompetencies } from './pages/course-tags.tsx';
/** What features above know of a person's competencies flows into the passbook by these. */
export { addEvidenceSource, type Evidence, type Strength } from './passbook/evidence.ts';
/** A person's passbook; the caller has checked that the actor may see the person. */
export { passbookOfPerson } from './passbook/passbook-view.ts';
export type { Passbook, PassbookEntry } from './passbook/rules.ts';
export type { Competency, CompetencyKind } from './stores/dictionary.ts';

export const competencies: Feature = {
  name: 'competencies',
  async prepare(runtime) {
    await seedDictionary(runtime);
    setCompetencyDictionary({
      async resolve(db, words) {
        const dictionary = await allCompetencies(db);
        rememberNames(dictionary);
        return resolveWords(dictionary, words);
      },
      names: namesOfTags,
      picker: competencyPicker,
    });
    onPersonsMerged(mergeDeclarations);
    addPersonSection({ name: 'passbook', on: 'office', order: 55, render: personCard });
    addPersonSection({ name: 'passbook', on: 'profile', order: 20, render: ownCard });
    addDeskRow('competencies', courseRow);
    addLinks();
  },
  http(app) {
    competenciesApi(app);
    dictionaryRoutes(app);
    levelsRoutes(app);
    deskRoutes(app);
    passbookRoutes(app);
    needsRoutes(app);
  },
};

function addLinks(): void {
  addSiteLink({
    key: 'competencies',
    area: 'office',
    label: 'competencies.title',
    href: '/office/competencies',
    icon: 'text',
    roles: rolesKeepingDictionary,
    group: 'setup',
    order: 97,
  });
  addSiteLink({
    key: 'needs',
    area: 'office',
    label: 'competencies.needs',
    href: '/office/needs',
    icon: 'order',
    roles: rolesSettingNeeds,
    group: 'learning',
    order: 72,
  });
}
