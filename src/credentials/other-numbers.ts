/** The address of the check of a number that is no certificate's; undefined where it is none of that kind either. */
export type OtherNumber = (typed: string) => string | undefined;

const others = new Map<string, OtherNumber>();

/** What is typed on the public check page may be the number of something else: that has its own check. */
export function addOtherNumber(name: string, read: OtherNumber): void {
  others.set(name, read);
}

export function addressOfOther(typed: string): string | undefined {
  for (const read of others.values()) {
    const address = read(typed);
    if (address) return address;
  }
  return undefined;
}
