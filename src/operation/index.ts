import type { Feature } from '../kernel/feature.ts';

export const operation: Feature = { name: 'operation' };
