import { sql } from 'kysely';
import { goldenDepartment } from '../../demo/department.ts';
import { loadDepartment } from '../../test/golden/load.ts';
import { signedIn } from '../../test/signed-in.ts';
import { openFurnishedWorld, type World } from '../../test/world.ts';
import { rebuildCounters, settleMarks } from '../insight/index.ts';
import type { Line, Sheet } from './sheet/shape.ts';

/** The day of the published figures. */
export const asOf = '2025-09-30';

/** A world with the department of the published figures, its districts, sanctioned posts and cadres of the field. */
export function openDepartment(): Promise<World> {
  return openFurnishedWorld({ name: 'department', put: loadAll });
}

async function loadAll({ runtime, system }: World): Promise<void> {
  const { db } = runtime;
  await sql`insert into cadre (cadre_id, name, name_key, name_en, is_field)
    values (gen_random_uuid(), 'आशा', 'आशा', 'ASHA', true), (gen_random_uuid(), 'ए.एन.एम.', 'एएनएम', null, true)`.execute(
    db.read,
  );
  await settleMarks(system);
  const department = goldenDepartment();
  await loadDepartment(runtime, department);
  // As an import does: the area by its code, and the posts.
  await sql`update office set area_id = 'district:' || area_code where area_code is not null`.execute(
    db.read,
  );
  const { offices } = department.made;
  await sql`update office set strength = made.strength
    from unnest(${offices.map((one) => one.code)}::text[], ${offices.map((one) => one.strength)}::integer[])
      as made (code, strength) where made.code = office.code and made.strength > 0`.execute(db.read);
  await sql`update posting set cadre_id = (select cadre_id from cadre
      where name = case when service_group = 'D' then 'आशा' else 'ए.एन.एम.' end)
    where service_group = 'D' or engagement = 'contract'`.execute(db.read);
  await sql`analyze`.execute(db.read);
  await rebuildCounters(system);
}

/** Asks for a page or a file as a member of the cast, or as nobody. */
export function asking(world: World) {
  return async (url: string, who?: string, asked: Record<string, string> = {}) => {
    const app = await world.app();
    const headers = who ? (await signedIn(world, who)).headers : {};
    return app.inject({ method: 'GET', url, headers: { ...headers, ...asked } });
  };
}

export function linesOf(sheet: Sheet, key: Sheet['sections'][number]['key']): Line[] {
  return sheet.sections.find((section) => section.key === key)?.lines ?? [];
}
