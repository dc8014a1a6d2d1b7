// A difference to be read: inline, or the two texts side by side. What went is struck through, what came is underlined,
// and a word at the edge of the line says which; colour only helps.
import { useState } from 'react'
import { type Block, type Difference, partsBetween } from '../../../shared/drafts/difference.ts'
import type { Conflict } from '../../../shared/drafts/differenceThreeWay.ts'
import { Button } from '../../kit/Button.tsx'
import { differenceWords } from '../../words/differences.ts'
import { useWords } from '../../words/words.ts'
import styles from './difference.module.css'
import { FormChanges, useKindName } from './FormChanges.tsx'
import { Parts } from './Parts.tsx'
import { Removals } from './Removals.tsx'
import { clipped, isChange, type Row, rowsOf } from './rows.ts'

export interface DifferenceTextProps {
  difference: Difference
  layout: 'inline' | 'sides'
  size: 'phone' | 'laptop' | 'screen'
  /** Passages that the draft changed as well, in the order of its lines. */
  conflicts?: readonly Conflict[]
  /** Names of those who took words out, where that is told. */
  nameOf?: (actorId: string) => string
}

/** Drawing a book's every line at once would hold the page up as much as computing it. */
const rowsAtOnce = 200
const screenRows = 6
const screenChars = 16

export const isUnchanged = ({ lines, reformed = 0 }: Difference['figures']): boolean => lines + reformed === 0

/** How much of the text is different, in figures. */
export const Figures = ({ figures: { reformed = 0, ...figures } }: Pick<Difference, 'figures'>) => {
  const word = useWords(differenceWords)
  return (
    <p className={styles.figures}>
      {figures.lines === 0 ? null : word('differenceFigures', figures)}{' '}
      {reformed === 0 ? null : word('reformedFigures', { count: reformed })}
    </p>
  )
}

export const DifferenceText = ({ difference, layout, size, conflicts = [], nameOf }: DifferenceTextProps) => {
  const word = useWords(differenceWords)
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const [most, setMost] = useState(rowsAtOnce)
  const isScreen = size === 'screen'
  const { figures, blocks } = difference
  if (isUnchanged(figures)) return <p className={styles.none}>{word('differenceNone')}</p>
  const all = rowsOf(blocks, isScreen ? 0 : 1, opened)
  const rows = isScreen
    ? all.filter((row) => row.kind === 'block' && isChange(row.block)).slice(0, screenRows)
    : all.slice(0, most)
  const left = isScreen ? figures.lines + (figures.reformed ?? 0) - rows.length : all.length - rows.length
  return (
    <div className={styles.difference} data-size={size} data-layout={layout}>
      {isScreen ? null : <Legend />}
      <ol className={styles.rows}>
        {rows.map((row) => (
          <li key={row.key}>
            {row.kind === 'fold' ? (
              <Fold row={row} onOpen={() => setOpened((before) => new Set(before).add(row.at))} />
            ) : layout === 'sides' ? (
              <Sides block={row.block} />
            ) : (
              <Line block={row.block} isShort={isScreen} />
            )}
            {row.kind === 'block' && 'forms' in row.block ? <FormChanges changes={row.block.forms} /> : null}
            {nameOf && row.kind === 'block' && 'removals' in row.block ? (
              <Removals removals={row.block.removals} nameOf={nameOf} />
            ) : null}
            {row.kind === 'block' && 'before' in row.block ? (
              <ConflictsHere conflicts={conflicts} line={row.block.before} />
            ) : null}
          </li>
        ))}
      </ol>
      {left <= 0 ? null : isScreen ? (
        <p className={styles.more}>{word('moreOnPhones', { count: left })}</p>
      ) : (
        <Button onPress={() => setMost(most + rowsAtOnce)}>{word('showMore', { count: left })}</Button>
      )}
    </div>
  )
}

const Legend = () => {
  const word = useWords(differenceWords)
  return (
    <p className={styles.legend}>
      <del className={styles.deleted}>{word('legendDeleted')}</del>
      <ins className={styles.inserted}>{word('legendInserted')}</ins>
    </p>
  )
}

const Fold = ({ row, onOpen }: { row: Extract<Row, { kind: 'fold' }>; onOpen: () => void }) => {
  const word = useWords(differenceWords)
  return (
    <button type="button" className={styles.fold} onClick={onOpen}>
      {word('folded', { count: row.count })}
    </button>
  )
}

const tagWords = {
  same: 'tagReformed',
  deleted: 'tagDeleted',
  inserted: 'tagInserted',
  changed: 'tagChanged',
} as const

const Tag = ({ block }: { block: Block }) => {
  const word = useWords(differenceWords)
  return <span className={styles.tag}>{isChange(block) ? word(tagWords[block.kind]) : ''}</span>
}

/** What a line that came or went stands in, where it is no plain paragraph. */
const Kind = ({ block }: { block: Block }) => {
  const kindName = useKindName()
  return 'of' in block && block.of !== undefined ? (
    <span className={styles.kind}>{kindName(block.of)}</span>
  ) : null
}

const Line = ({ block, isShort }: { block: Block; isShort: boolean }) => (
  <div className={styles.line} data-kind={block.kind} data-reformed={isChange(block) || undefined}>
    <Tag block={block} />
    <p className={styles.text}>
      <Kind block={block} />
      {block.kind === 'changed' ? (
        <Parts parts={isShort ? clipped(block.parts, screenChars) : block.parts} />
      ) : block.kind === 'deleted' ? (
        <del className={styles.deleted}>{block.text}</del>
      ) : block.kind === 'inserted' ? (
        <ins className={styles.inserted}>{block.text}</ins>
      ) : (
        block.text
      )}
    </p>
  </div>
)

const Sides = ({ block }: { block: Block }) => (
  <div className={styles.sides} data-kind={block.kind}>
    <p className={styles.text} data-side="before">
      {block.kind === 'same' ? block.text : null}
      {block.kind === 'deleted' ? (
        <>
          <Kind block={block} />
          <del className={styles.deleted}>{block.text}</del>
        </>
      ) : null}
      {block.kind === 'changed' ? <Parts parts={block.parts} without="inserted" /> : null}
    </p>
    <p className={styles.text} data-side="after">
      {block.kind === 'same' ? block.text : null}
      {block.kind === 'inserted' ? (
        <>
          <Kind block={block} />
          <ins className={styles.inserted}>{block.text}</ins>
        </>
      ) : null}
      {block.kind === 'changed' ? <Parts parts={block.parts} without="deleted" /> : null}
    </p>
  </div>
)

/** What the draft made of the same passage meanwhile. */
const ConflictsHere = ({ conflicts, line }: { conflicts: readonly Conflict[]; line: number }) => {
  const word = useWords(differenceWords)
  const here = conflicts.filter((one) => one.line === line)
  return here.map(({ kind, base, theirs }) => (
    <p key={kind} className={styles.conflict}>
      <b>{word(`conflict_${kind}`)}</b>{' '}
      {theirs === '' ? (
        word('theirsDeleted')
      ) : (
        <>
          {word('theirs')} <Parts parts={partsBetween(base, theirs)} />
        </>
      )}
    </p>
  ))
}
