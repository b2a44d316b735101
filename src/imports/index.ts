import type { Feature } from '../kernel/feature.ts';
import { importCommand, undoCommand } from './commands.ts';

export const imports: Feature = {
  name: 'imports',
  commands: [importCommand, undoCommand],
};
