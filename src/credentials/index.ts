import type { Feature } from '../kernel/feature.ts';

export const credentials: Feature = { name: 'credentials' };
