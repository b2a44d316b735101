import { SaxesParser } from 'saxes';
import { TableFault } from './faults.ts';

export type XmlHandlers = {
  open?(name: string, attributes: Record<string, string>): void;
  close?(name: string): void;
  text?(text: string): void;
};

// No element of a workbook lies deeper than a dozen, and no text of a cell is longer than 32,767 characters.
const maxDepth = 64;
const maxSilence = 4_000_000;

/**
 * Reads one XML part, a block at a time; names come without prefix. Markup that is not well-formed, declares a
 * document type, nests without end or goes on for megabytes without an element is a damaged file.
 */
export class XmlReader {
  private readonly parser = new SaxesParser({ xmlns: false, position: false });
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private silence = 0;
  private depth = 0;

  constructor(handlers: XmlHandlers) {
    this.parser.on('error', damaged);
    this.parser.on('doctype', damaged);
    this.parser.on('opentag', (tag) => {
      this.silence = 0;
      this.depth += 1;
      if (this.depth > maxDepth) damaged();
      handlers.open?.(localName(tag.name), tag.attributes);
    });
    this.parser.on('closetag', (tag) => {
      this.silence = 0;
      this.depth -= 1;
      handlers.close?.(localName(tag.name));
    });
    if (handlers.text) this.parser.on('text', (text) => handlers.text?.(text));
    if (handlers.text) this.parser.on('cdata', (text) => handlers.text?.(text));
  }

  write(block: Uint8Array): void {
    this.silence += block.length;
    if (this.silence > maxSilence) damaged();
    this.parser.write(this.decode(block));
  }

  close(): void {
    this.parser.close();
  }

  private decode(block: Uint8Array): string {
    try {
      return this.decoder.decode(block, { stream: true });
    } catch {
      throw new TableFault('damaged_file');
    }
  }
}

/** Reads a part to its end; one that is absent is read as an empty one. */
export async function readXml(source: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  let reader: XmlReader | undefined;
  for await (const block of source) {
    reader ??= new XmlReader(handlers);
    reader.write(block);
  }
  reader?.close();
}

function damaged(): never {
  throw new TableFault('damaged_file');
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
