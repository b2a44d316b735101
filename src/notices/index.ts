import type { Feature } from '../kernel/feature.ts';

export const notices: Feature = { name: 'notices' };
