import type { FaultWords } from '../../kernel/imports/index.ts';

export const courseFaults: FaultWords = {
  no_duration: { hi: 'अवधि एक मिनट या अधिक होनी चाहिए', en: 'the duration must be one minute or more' },
  outside_scope: { hi: 'यह कोर्स दूसरे कार्यालय का है', en: 'this course belongs to another office' },
};
