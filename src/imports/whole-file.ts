import { Refusal } from '../kernel/errors.ts';

/** The file as it comes; a connection that breaks in the middle is the sender's fault, not ours. */
export async function* wholeFile(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* file;
  } catch {
    throw cutOff();
  }
}

export function cutOff(): Refusal {
  return new Refusal(
    'invalid',
    { hi: 'फ़ाइल पूरी नहीं पहुँची। इसे फिर से भेजें।', en: 'The file did not arrive whole. Send it again.' },
    { reason: 'cut_off' },
  );
}
