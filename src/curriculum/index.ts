import { setCollectionHooks } from '../catalogue/index.ts';
import type { Feature } from '../kernel/feature.ts';
import { curriculumApi } from './api.ts';
import { collectionRule } from './collections.ts';

export const curriculum: Feature = {
  name: 'curriculum',
  prepare() {
    setCollectionHooks(collectionRule);
  },
  http(app) {
    curriculumApi(app);
  },
};
