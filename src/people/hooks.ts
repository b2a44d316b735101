import type { ComponentChildren } from 'preact';
import type { Ctx } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import type { Bilingual } from '../kernel/i18n.ts';

export type MergePair = { survivorId: string; mergedId: string };
/** One line of what a merge will do, a label that a number follows: "Completions that move: 12". */
export type MergeEffect = { label: Bilingual; count: number };

/**
 * What a feature above does when two records prove to be one person. `move` runs in the merge's transaction,
 * within `changeFacts` of both persons; rows are copied to the survivor and voided where they were, since a
 * person-owned row cannot change its owner on a distributed database.
 */
export type MergeHandler = {
  name: string;
  preview(ctx: Ctx, pair: MergePair): Promise<MergeEffect[]>;
  move(tx: Tx, ctx: Ctx, pair: MergePair): Promise<void>;
};

const mergeHandlers = new Map<string, MergeHandler>();

export function onPersonsMerged(handler: MergeHandler): void {
  mergeHandlers.set(handler.name, handler);
}

export async function previewMerge(ctx: Ctx, pair: MergePair): Promise<MergeEffect[]> {
  const effects: MergeEffect[] = [];
  for (const handler of mergeHandlers.values()) effects.push(...(await handler.preview(ctx, pair)));
  return effects;
}

export async function moveMerged(tx: Tx, ctx: Ctx, pair: MergePair): Promise<void> {
  for (const handler of mergeHandlers.values()) await handler.move(tx, ctx, pair);
}

type NameOf = { nameHi: string | null; nameEn: string | null };
export type NameCorrection = { personId: string; before: NameOf; after: NameOf };
type NameHandler = (tx: Tx, ctx: Ctx, correction: NameCorrection) => Promise<void>;

const nameHandlers = new Map<string, NameHandler>();

/** Told when a person's name was corrected, in the same transaction: certificates are issued anew by it. */
export function onNameCorrected(name: string, handler: NameHandler): void {
  nameHandlers.set(name, handler);
}

export async function tellNameCorrected(tx: Tx, ctx: Ctx, correction: NameCorrection): Promise<void> {
  for (const handler of nameHandlers.values()) await handler(tx, ctx, correction);
}

/** Something that happened at the people desk and concerns somebody's inbox. */
export type DeskEvent =
  | { kind: 'posting_opened'; personId: string; officeId: string; startsOn: string }
  | { kind: 'name_decided'; personId: string; state: 'approved' | 'refused' };
type DeskHandler = (tx: Tx, ctx: Ctx, event: DeskEvent) => Promise<void>;

const deskHandlers = new Map<string, DeskHandler>();

export function onDeskEvent(name: string, handler: DeskHandler): void {
  deskHandlers.set(name, handler);
}

export async function tellDeskEvent(tx: Tx, ctx: Ctx, event: DeskEvent): Promise<void> {
  for (const handler of deskHandlers.values()) await handler(tx, ctx, event);
}

/**
 * A card on a person's page (`office`), or on one's own profile (`profile`), drawn by a feature above. What has to
 * be known before anything else is read there stands under the heading (`office-top`).
 */
export type PersonSection = {
  name: string;
  on: 'office' | 'office-top' | 'profile';
  order: number;
  render(ctx: Ctx, personId: string): Promise<ComponentChildren>;
};

const sections = new Map<string, PersonSection>();

export function addPersonSection(section: PersonSection): void {
  sections.set(`${section.on}:${section.name}`, section);
}

export async function personSections(
  ctx: Ctx,
  on: PersonSection['on'],
  personId: string,
): Promise<ComponentChildren[]> {
  const wanted = [...sections.values()].filter((section) => section.on === on);
  wanted.sort((a, b) => a.order - b.order);
  return Promise.all(wanted.map((section) => section.render(ctx, personId)));
}
