import type { ContentLanguage } from '../kernel/languages.ts';

export const facetNames = ['tag', 'language', 'competency', 'provider', 'duration', 'audience'] as const;
export type FacetName = (typeof facetNames)[number];

/** Lengths by which courses are told apart; `most` minutes, the last one open. */
export const durationBands = [
  { key: 'to15', least: 0, most: 15 },
  { key: 'to30', least: 15, most: 30 },
  { key: 'to60', least: 30, most: 60 },
  { key: 'over60', least: 60, most: undefined },
] as const;
export type DurationBand = (typeof durationBands)[number]['key'];

export const sorts = ['relevance', 'newest', 'shortest', 'rated'] as const;
export type CourseSort = (typeof sorts)[number];

/** Levels of a competency in every framework that the dictionary knows. */
export const mostLevel = 5;

/** An average is shown, and orders, from so many ratings on: fewer would tell what a single person thinks. */
export const ratingsForAverage = 5;

export type CourseFilters = {
  tag?: string;
  language?: ContentLanguage;
  provider?: string;
  audience?: string;
  duration?: DurationBand;
  /** The key of a competency in the dictionary. */
  competency?: string;
  /** At least this level of it. */
  level?: number;
};

export type FacetValue = { value: string; count: number };
export type Facets = { total: number; values: Record<FacetName | 'level', FacetValue[]> };
