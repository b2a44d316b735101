import type { Feature } from '../kernel/feature.ts';
import { serveApi } from './api.ts';

export const reports: Feature = {
  name: 'reports',
  http(app) {
    serveApi(app);
  },
};
