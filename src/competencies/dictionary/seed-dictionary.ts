import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Runtime } from '../../kernel/feature.ts';
import type { Bilingual } from '../../kernel/i18n.ts';
import { newId } from '../../kernel/ids.ts';
import { projectRoot } from '../../kernel/project-root.ts';
import { addFramework, allCompetencies, insertCompetency, kinds } from '../stores/dictionary.ts';
import { noDescriptors, rememberNames } from './known-names.ts';

type Entry = { key: string; name: Bilingual; subThemes: Bilingual[] };
type ModelFile = { title: Bilingual; note: Bilingual; levels: Bilingual[] } & Record<
  (typeof kinds)[number],
  Entry[]
>;

export const framework = 'karmayogi';

/**
 * Puts the entries of reference/competency-model.json that are not there into the dictionary. What an editor changed
 * or retired stays as it is, so that this may run at every start and from several processes at once.
 */
export async function seedDictionary(runtime: Pick<Runtime, 'db' | 'clock'>): Promise<void> {
  const model = await readModel();
  const known = await allCompetencies(runtime.db.read);
  rememberNames(known);
  const keys = new Set(known.map((one) => one.key));
  const missing = entriesOf(model).filter(({ entry }) => !keys.has(entry.key));
  if (missing.length === 0) return;
  await runtime.db.transaction(async (tx) => {
    const stamp = { now: runtime.clock.now(), by: null };
    await addFramework(tx, frameworkOf(model));
    for (const { entry, kind, ordinal } of missing)
      await insertCompetency(
        tx,
        {
          competencyId: newId(),
          key: entry.key,
          framework,
          kind,
          nameHi: entry.name.hi,
          nameEn: entry.name.en,
          subThemes: entry.subThemes,
          descriptors: noDescriptors(),
          ordinal,
          revision: 1,
          retiredAt: null,
        },
        stamp,
      );
    rememberNames(await allCompetencies(tx));
  });
}

async function readModel(): Promise<ModelFile> {
  const text = await readFile(join(projectRoot(), 'reference/competency-model.json'), 'utf8');
  return JSON.parse(text) as ModelFile;
}

function entriesOf(model: ModelFile) {
  return kinds.flatMap((kind) =>
    model[kind].map((entry, index) => ({ entry, kind, ordinal: (index + 1) * 10 })),
  );
}

function frameworkOf(model: ModelFile) {
  return {
    framework,
    nameHi: model.title.hi,
    nameEn: model.title.en,
    noteHi: model.note.hi,
    noteEn: model.note.en,
    levelNames: model.levels,
  };
}
