/** What a browser brings along: its name, the mark of an earlier sign-in, the session it had. */
export type Browser = {
  device: string;
  deviceSecret?: string;
  deviceDigest?: Buffer;
  sessionDigest?: Buffer;
};
