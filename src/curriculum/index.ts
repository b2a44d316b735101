import { setCollectionHooks } from '../catalogue/index.ts';
import type { Feature } from '../kernel/feature.ts';
import { registerImportKind } from '../kernel/imports/index.ts';
import { curriculumApi } from './api.ts';
import { collectionRule } from './collections.ts';
import { programmesKind } from './import/programmes-kind.ts';
import { loadDemonstrationCurriculum } from './load-demonstration.ts';
import { addCurriculumLink, curriculumPages } from './pages/index.ts';

export { rolesReading as rolesReadingCurriculum } from './policy.ts';
/** How much of what is taught, planned and collected below an office has what the rules ask for. */
export { type Coverage, curriculumCoverage, totalOf } from './rules/read-coverage.ts';

export const curriculum: Feature = {
  name: 'curriculum',
  prepare() {
    setCollectionHooks(collectionRule);
    registerImportKind(programmesKind);
    addCurriculumLink();
  },
  http(app) {
    curriculumApi(app);
    curriculumPages(app);
  },
  demonstration: loadDemonstrationCurriculum,
};
