export {
  dayCell,
  emailCell,
  instantCell,
  integerCell,
  mobileCell,
  type Parsed,
  pastDayCell,
  wordList,
} from './cells.ts';
export { columnWord, headingOf } from './columns.ts';
export { errorFile, exportErrorFile } from './error-file.ts';
export { commonFaults, type FaultWords, faultWords } from './faults.ts';
export { setIndexesAside } from './indexes.ts';
export {
  type Comparison,
  type Dependent,
  findImportKind,
  type ImportCounts,
  type ImportKind,
  type ImportOptions,
  type ImportRun,
  type ImportSamples,
  type ImportScope,
  type ImportWarning,
  importKinds,
  type ReadEnv,
  type ReadRow,
  registerImportKind,
  type SampleFact,
  type SampleRow,
} from './kind.ts';
export { receiveFile } from './receive-file.ts';
export { RowReader } from './row-reader.ts';
export { authorised as requireImport, checkImport, commitImport, refuseManyEnded } from './run-import.ts';
export {
  contradictions,
  countOutcomes,
  countRefused,
  forgetRefusals,
  isRefused,
  journal,
  laterImports,
  refusedSample,
  refuseRows,
  rowsOf,
  sampleSize,
} from './sets.ts';
export {
  dropStaging,
  type ImportProblem,
  type ImportResult,
  type ImportRow,
  type ImportState,
  importById,
  listImports,
  setImport,
  setOptions,
  staleStagings,
} from './store.ts';
export { undoImport } from './undo-import.ts';
export { type Use, usesOf } from './uses.ts';
export {
  type AskedWork,
  type ImportAct,
  markAsked,
  markFailed,
  markTakenUp,
  type StalledImport,
  stalledImports,
  stateWhile,
  workKey,
} from './work.ts';
