import type { Feature } from '../kernel/feature.ts';
import { importCommand, undoCommand } from './commands.ts';

export { requireKind, takeFile } from './import-file.ts';

export const imports: Feature = {
  name: 'imports',
  commands: [importCommand, undoCommand],
};
