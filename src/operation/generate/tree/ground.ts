/** An area of the Local Government Directory as the installation knows it. */
export type Place = {
  areaId: string;
  kind: string;
  code: string;
  nameHi: string | null;
  nameEn: string;
  parentId: string | null;
};

/** The ground that one government stands on. */
export type Ground = {
  state: Place;
  divisions: Place[];
  districts: Place[];
  /** What lies in a district; made up by number where the directory at hand does not say. */
  below(kind: string, district: Place): Place[];
};

const uttarPradesh = 'state:9';
const numberedBelow = 9;
const wordsBelow: Readonly<Record<string, readonly [hi: string, en: string]>> = {
  block: ['विकासखंड', 'Block'],
  tehsil: ['तहसील', 'Tehsil'],
  urban_body: ['नगर निकाय', 'Urban Body'],
};

/** The states, Uttar Pradesh first, since its places are known down to the block. */
export function groundsOf(places: readonly Place[]): Ground[] {
  const children = new Map<string | null, Place[]>();
  for (const place of places.map(withPlainName)) {
    const known = children.get(place.parentId);
    if (known) known.push(place);
    else children.set(place.parentId, [place]);
  }
  const of = (kind: string, parent: Place) =>
    (children.get(parent.areaId) ?? []).filter((one) => one.kind === kind);
  const states = places.filter((place) => place.kind === 'state');
  const ordered = [
    ...states.filter((state) => state.areaId === uttarPradesh),
    ...states.filter((state) => state.areaId !== uttarPradesh),
  ];
  return ordered.map((state) => {
    const divisions = of('division', state);
    const districts = [...divisions, state].flatMap((parent) => of('district', parent));
    const below = (kind: string, district: Place) => {
      const known = of(kind, district);
      return known.length > 0 ? known : numbered(kind, district);
    };
    return { state, divisions, districts, below };
  });
}

/** Some names of the directory are all in capitals. */
function withPlainName(place: Place): Place {
  const isLoud = place.nameEn === place.nameEn.toUpperCase();
  const plain = place.nameEn.toLowerCase().replace(/(^|[\s(.-])[a-z]/g, (letter) => letter.toUpperCase());
  return isLoud ? { ...place, nameEn: plain } : place;
}

function numbered(kind: string, district: Place): Place[] {
  const [hi, en] = wordsBelow[kind] ?? ['खंड', 'Part'];
  return Array.from({ length: numberedBelow }, (_, at) => ({
    ...district,
    nameHi: `${hi} ${at + 1}, ${district.nameHi ?? district.nameEn}`,
    nameEn: `${en} ${at + 1}, ${district.nameEn}`,
  }));
}
