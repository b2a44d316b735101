import { countNodalOfficers } from '../../people/index.ts';
import { departmentsBelow, rosterDays } from '../stores/board.ts';
import { departmentsList, isSameDepartment, type ListedDepartment } from './departments-list.ts';
import type { Scene } from './scene.ts';
import type { Board, BoardLine, Line } from './shape.ts';

/**
 * Which departments have joined: the published list beside the departments in the tree of offices. The list is Uttar
 * Pradesh's, so it is taken only where one of its departments stands below; elsewhere the tree alone is shown.
 */
export async function departmentsBoard(
  { ctx, office }: Scene,
  units: readonly Line[],
): Promise<Board | null> {
  const offices = await departmentsBelow(ctx.db.read, office.officeId);
  if (offices.length === 0) return null;
  const ids = offices.map((one) => one.officeId);
  const [list, nodal, roster] = await Promise.all([
    departmentsList(),
    countNodalOfficers(ctx, ids),
    rosterDays(ctx.db.read, ids),
  ]);
  const byCode = new Map(units.map((line) => [line.code, line]));
  const isListHere = offices.some((one) => list.some((listed) => isSameDepartment(listed, one)));
  const inTree = offices.map((one): BoardLine => {
    const line = byCode.get(one.code);
    const registered = line?.figures.registered ?? null;
    return {
      ...{ nameHi: one.nameHi, nameEn: one.nameEn, code: one.code },
      hasJoined: registered !== 0,
      isOnList: list.some((listed) => isSameDepartment(listed, one)),
      registered,
      strength: line?.strength ?? null,
      postsShare: line?.postsShare ?? null,
      reach: line?.reach ?? null,
      nodalOfficers: nodal.get(one.officeId) ?? 0,
      rosterOn: roster.get(one.officeId) ?? null,
    };
  });
  const missing = isListHere
    ? list.filter((listed) => !offices.some((one) => isSameDepartment(listed, one))).map(notJoined)
    : [];
  return {
    lines: [...inTree, ...missing],
    listed: isListHere ? list.length : 0,
    joined: inTree.filter((line) => line.hasJoined).length,
    withNodal: inTree.filter((line) => line.nodalOfficers > 0).length,
  };
}

function notJoined({ nameHi, nameEn }: ListedDepartment): BoardLine {
  return {
    ...{ nameHi, nameEn, code: null, hasJoined: false, isOnList: true },
    ...{ registered: null, strength: null, postsShare: null, reach: null, nodalOfficers: 0, rosterOn: null },
  };
}
