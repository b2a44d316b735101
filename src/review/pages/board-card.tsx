import { Card, type Column, DataTable, Details, Tag } from '../../shell/index.ts';
import { boardPosts } from '../files/headline-words.ts';
import type { Board, BoardLine } from '../sheet/shape.ts';
import type { PartProps } from './sheet-page.tsx';
import { nameOf, nodalText, opensHref } from './words.ts';

/** Which departments have joined, with what each needs next in sight: a nodal officer, a roster, posts filled. */
export function BoardCard(props: PartProps) {
  const { sheet, say } = props;
  const { t, language } = say;
  const { board } = sheet;
  if (!board) return null;
  const { joined, withNodal, listed } = board;
  const missing = board.lines.filter((line) => line.code === null);
  return (
    <Card
      title={t('review.board')}
      lead={t(listed > 0 ? 'review.boardLead' : 'review.boardLeadTree', {
        ...{ listed: say.number(listed), joined: say.number(joined), withNodal: say.number(withNodal) },
      })}
      id="board"
    >
      <BoardTable {...props} lines={inTree(board)} />
      {missing.length > 0 ? (
        <Details summary={t('review.notJoined', { count: say.number(missing.length) })}>
          <ul class="name-list">
            {missing.map((line) => (
              <li key={line.nameHi}>{nameOf(line, language)}</li>
            ))}
          </ul>
        </Details>
      ) : null}
    </Card>
  );
}

/** Departments that have an office here, without those that only stand on the list. */
export function inTree({ lines }: Board): BoardLine[] {
  return lines.filter((line) => line.code !== null);
}

export function BoardTable({ sheet, say, asked, lines }: PartProps & { lines: BoardLine[] }) {
  const { t, language } = say;
  const columns: Column<BoardLine>[] = [
    {
      key: 'name',
      label: t('review.department'),
      kind: 'link',
      isRowHeading: true,
      value: (line) => nameOf(line, language),
      href: (line) => (line.code ? opensHref(sheet, { node: 'office', code: line.code }, asked) : undefined),
    },
    {
      key: 'joined',
      label: t('review.joined'),
      value: (line) => (
        <Tag tone={line.hasJoined ? 'done' : 'neutral'}>
          {t(line.hasJoined ? 'review.isIn' : 'review.isOut')}
        </Tag>
      ),
    },
    {
      key: 'nodal',
      label: t('review.nodal'),
      value: (line) => nodalText(line, t),
    },
    { key: 'roster', label: t('review.rosterOn'), kind: 'date', value: (line) => line.rosterOn },
    {
      key: 'registered',
      label: t('review.ofPosts'),
      value: (line) => (line.code ? boardPosts(line, say) : null),
    },
    { key: 'reach', label: t('review.reach'), kind: 'meter', value: (line) => line.reach },
  ];
  return (
    <DataTable
      caption={t('review.board')}
      isCaptionHidden
      isCompact
      rows={lines}
      rowKey={(line) => line.code ?? line.nameHi}
      columns={columns}
    />
  );
}
