import type { Feature } from '../kernel/feature.ts';

export const insight: Feature = { name: 'insight' };
