import type { Feature } from '../kernel/feature.ts';

export const imports: Feature = { name: 'imports' };
