import type { Figures } from '../../insight/index.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { type CadreCounted, fieldCadresAt } from '../stores/field-cadres.ts';
import { lineOf } from './line.ts';
import type { NodeScene } from './scene.ts';
import type { Section } from './shape.ts';

/**
 * Each field cadre of a node as it was counted last, on a sheet of today; on another day the field as a whole, which
 * has counters, says it.
 */
export async function fieldCadreSection(scene: NodeScene): Promise<Section | undefined> {
  const { ctx, nodeId, asOf } = scene;
  if (asOf !== todayInIndia(ctx.clock)) return undefined;
  const cadres = await fieldCadresAt(ctx.db.read, nodeId);
  const [first] = cadres;
  if (!first) return undefined;
  return {
    key: 'fieldCadres',
    countedAt: first.countedAt.toISOString(),
    lines: cadres.map((cadre) =>
      lineOf({
        ...{ code: cadre.name, nameHi: cadre.name, nameEn: cadre.nameEn, opens: null },
        now: { figures: figuresOf(cadre), masked: [] },
      }),
    ),
  };
}

function figuresOf(cadre: CadreCounted): Figures {
  const { registered, signedIn, completions, renewals, digitalMinutes, atLeastOne, threeOrMore } = cadre;
  const { aiReach, cyberReach, begun, classroomMinutes } = cadre;
  const none = registered - atLeastOne;
  return {
    ...{ registered, notOnRoster: null, former: null, signedIn, completions, renewals, aiReach, cyberReach },
    ...{ learningMinutes: digitalMinutes + classroomMinutes, digitalMinutes, classroomMinutes },
    ...{ atLeastOne, threeOrMore },
    ...{ fewerThanThree: registered - threeOrMore, inTraining: none, begun },
    bands: { none, oneOrTwo: atLeastOne - threeOrMore, threeOrMore },
  };
}
