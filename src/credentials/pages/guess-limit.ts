import { Refusal } from '../../kernel/errors.ts';

/** Nobody mistypes so often, not even a whole office behind one address; who tries numbers out does. */
const mostMisses = 30;
const windowMs = 60_000;
/** Addresses remembered at a time; more would be an attack on the memory. */
const mostAddresses = 10_000;

type Asking = { ip: string | null; now: Date };

/** Numbers that were never issued, counted by address: whoever misses too often gets no answer for a minute. */
export class GuessLimit {
  private readonly misses = new Map<string, { count: number; until: number }>();

  require({ ip, now }: Asking): void {
    const known = this.misses.get(ip ?? '');
    if (!known || known.until <= now.getTime() || known.count < mostMisses) return;
    const retryAfterSeconds = Math.ceil((known.until - now.getTime()) / 1000);
    throw new Refusal('too_many', text, { reason: 'too_many_attempts', details: { retryAfterSeconds } });
  }

  miss({ ip, now }: Asking): void {
    const known = this.misses.get(ip ?? '');
    if (known && known.until > now.getTime()) {
      known.count += 1;
      return;
    }
    if (this.misses.size >= mostAddresses) this.misses.clear();
    this.misses.set(ip ?? '', { count: 1, until: now.getTime() + windowMs });
  }
}

const text = {
  hi: 'इस जगह से एक मिनट में बहुत-सी ग़लत संख्याएँ पूछी गईं। एक मिनट बाद फिर जाँचें।',
  en: 'Too many wrong numbers were asked from this place within a minute. Check again after a minute.',
};
