/** A text in Hindi, English or both. */
export type LocalText = { hi?: string; en?: string };
