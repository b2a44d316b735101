type Detector = { detect(image: ImageBitmapSource): Promise<{ rawValue: string }[]> };
type DetectorClass = {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
};
type Decode = (image: ImageData) => string | undefined;

/** Reads one picture; the browser's own reader where it has one, else the small one that is loaded for it. */
class Reader {
  private readonly detector: Detector | undefined;
  private readonly decode: Decode | undefined;

  private constructor(detector: Detector | undefined, decode: Decode | undefined) {
    this.detector = detector;
    this.decode = decode;
  }

  static async open(decoder: string): Promise<Reader> {
    const native = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
    const formats = native ? await native.getSupportedFormats().catch(() => []) : [];
    if (native && formats.includes('qr_code'))
      return new Reader(new native({ formats: ['qr_code'] }), undefined);
    await import(decoder);
    return new Reader(undefined, (globalThis as { decodeQr?: Decode }).decodeQr);
  }

  async read(source: HTMLVideoElement | ImageBitmap, size: Size): Promise<string | undefined> {
    if (this.detector) return (await this.detector.detect(source))[0]?.rawValue;
    const canvas = document.createElement('canvas');
    Object.assign(canvas, size);
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    pen?.drawImage(source, 0, 0, size.width, size.height);
    const image = pen?.getImageData(0, 0, size.width, size.height);
    return image && this.decode?.(image);
  }
}

type Size = { width: number; height: number };

/** A dense code needs its pixels, an old phone its memory. */
const longestSide = 1600;

export async function readPhoto(file: Blob, decoder: string): Promise<string | undefined> {
  try {
    const [reader, image] = await Promise.all([Reader.open(decoder), createImageBitmap(file)]);
    for (const longest of [longestSide, 900, 2600]) {
      const share = Math.min(1, longest / Math.max(image.width, image.height));
      const size = { width: Math.round(image.width * share), height: Math.round(image.height * share) };
      const text = await reader.read(image, size);
      if (text) return text;
    }
  } catch {
    // No picture that this browser can open.
  }
  return undefined;
}

/** Films until a code is read or somebody stops it. */
export class Camera {
  private readonly video: HTMLVideoElement;
  private readonly decoder: string;
  private stream: MediaStream | undefined;
  private isStopped = false;

  constructor(video: HTMLVideoElement, decoder: string) {
    this.video = video;
    this.decoder = decoder;
  }

  async read(): Promise<string | undefined> {
    const wanted = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 1280 } };
    this.stream = await navigator.mediaDevices.getUserMedia({ video: wanted });
    try {
      this.video.srcObject = this.stream;
      await this.video.play();
      const reader = await Reader.open(this.decoder);
      while (!this.isStopped) {
        const size = { width: this.video.videoWidth, height: this.video.videoHeight };
        const text = size.width > 0 ? await reader.read(this.video, size) : undefined;
        if (text) return text;
        await new Promise((resolve) => setTimeout(resolve, 120));
      }
      return undefined;
    } finally {
      this.stop();
    }
  }

  stop(): void {
    this.isStopped = true;
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.video.srcObject = null;
  }
}
