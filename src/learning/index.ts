import type { Feature } from '../kernel/feature.ts';

export const learning: Feature = { name: 'learning' };
