import { setCollectionHooks } from '../catalogue/index.ts';
import type { Feature } from '../kernel/feature.ts';
import { curriculumApi } from './api.ts';
import { collectionRule } from './collections.ts';
import { loadDemonstrationCurriculum } from './load-demonstration.ts';
import { addCurriculumLink, curriculumPages } from './pages/index.ts';

export const curriculum: Feature = {
  name: 'curriculum',
  prepare() {
    setCollectionHooks(collectionRule);
    addCurriculumLink();
  },
  http(app) {
    curriculumApi(app);
    curriculumPages(app);
  },
  demonstration: loadDemonstrationCurriculum,
};
