/** Reads a QR code where the browser cannot; loaded only then. */
import decodeQR from 'qr/decode.js';

declare global {
  interface Window {
    decodeQr?(image: ImageData): string | undefined;
  }
}

window.decodeQr = (image) => {
  try {
    return decodeQR(image, { timeLimit: 250 });
  } catch {
    return undefined;
  }
};
