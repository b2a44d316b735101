import type { Feature } from '../kernel/feature.ts';

export { identify } from './identify.ts';

export const people: Feature = { name: 'people' };
