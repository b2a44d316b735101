import type { Feature } from '../kernel/feature.ts';

export const catalogue: Feature = { name: 'catalogue' };
