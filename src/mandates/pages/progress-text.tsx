import type { PersonMandate } from '../standing.ts';
import { progressLines } from '../words.ts';
import type { Say } from './words.ts';

/** What an order asks and how much of it is there, in a cell; of who is exempt nothing is asked. */
export function ProgressText({ row, say }: { row: PersonMandate; say: Say }) {
  if (row.status === 'exempt') return <>–</>;
  return (
    <>
      {progressLines(row, say.language).map((line) => (
        <div key={line}>{line}</div>
      ))}
    </>
  );
}
