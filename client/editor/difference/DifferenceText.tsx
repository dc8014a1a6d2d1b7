// A difference to be read: inline, or the two texts side by side. What went is struck through, what came is underlined,
// and a word at the edge of the line says which; colour only helps.
import { type ReactNode, useState } from 'react'
import type { Block, Difference, Part } from '../../../shared/drafts/difference.ts'
import type { Conflict } from '../../../shared/drafts/differenceThreeWay.ts'
import { Button } from '../../kit/Button.tsx'
import { amendmentWords } from '../../words/amendments.ts'
import { useWords } from '../../words/words.ts'
import styles from './difference.module.css'
import { clipped, type Row, rowsOf } from './rows.ts'

export interface DifferenceTextProps {
  difference: Difference
  layout: 'inline' | 'sides'
  size: 'phone' | 'laptop' | 'screen'
  /** Passages that the draft changed as well, in the order of its lines. */
  conflicts?: readonly Conflict[]
}

/** Drawing a book's every line at once would hold the page up as much as computing it. */
const rowsAtOnce = 200
const screenRows = 6
const screenChars = 16

export const DifferenceText = ({ difference, layout, size, conflicts = [] }: DifferenceTextProps) => {
  const word = useWords(amendmentWords)
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const [most, setMost] = useState(rowsAtOnce)
  const isScreen = size === 'screen'
  const { figures, blocks } = difference
  if (figures.lines === 0) return <p className={styles.none}>{word('differenceNone')}</p>
  const all = rowsOf(blocks, isScreen ? 0 : 1, opened)
  const rows = isScreen
    ? all.filter((row) => row.kind === 'block' && row.block.kind !== 'same').slice(0, screenRows)
    : all.slice(0, most)
  const left = isScreen ? figures.lines - rows.length : all.length - rows.length
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
            {row.kind === 'block' && 'before' in row.block ? (
              <Conflicts conflicts={conflicts} line={row.block.before} />
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
  const word = useWords(amendmentWords)
  return (
    <p className={styles.legend}>
      <del className={styles.deleted}>{word('legendDeleted')}</del>
      <ins className={styles.inserted}>{word('legendInserted')}</ins>
    </p>
  )
}

const Fold = ({ row, onOpen }: { row: Extract<Row, { kind: 'fold' }>; onOpen: () => void }) => {
  const word = useWords(amendmentWords)
  return (
    <button type="button" className={styles.fold} onClick={onOpen}>
      {word('folded', { count: row.count })}
    </button>
  )
}

const tagWords = { deleted: 'tagDeleted', inserted: 'tagInserted', changed: 'tagChanged' } as const

const Tag = ({ kind }: { kind: Block['kind'] }) => {
  const word = useWords(amendmentWords)
  return <span className={styles.tag}>{kind === 'same' ? '' : word(tagWords[kind])}</span>
}

const Line = ({ block, isShort }: { block: Block; isShort: boolean }) => (
  <div className={styles.line} data-kind={block.kind}>
    <Tag kind={block.kind} />
    <p className={styles.text}>
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

const Parts = ({ parts, without }: { parts: readonly Part[]; without?: Part['kind'] }): ReactNode => {
  // Parts have no identity of their own; a difference is drawn anew as a whole.
  const shown = parts.map((part, i) => ({ ...part, key: `${i} ${part.kind}` }))
  return shown.map(({ key, kind, text }) => {
    if (kind === without) return null
    if (kind === 'same') return <span key={key}>{text}</span>
    if (kind === 'deleted') {
      return (
        <del key={key} className={styles.deleted}>
          {text}
        </del>
      )
    }
    return (
      <ins key={key} className={styles.inserted}>
        {text}
      </ins>
    )
  })
}

const Sides = ({ block }: { block: Block }) => (
  <div className={styles.sides} data-kind={block.kind}>
    <p className={styles.text} data-side="before">
      {block.kind === 'same' ? block.text : null}
      {block.kind === 'deleted' ? <del className={styles.deleted}>{block.text}</del> : null}
      {block.kind === 'changed' ? <Parts parts={block.parts} without="inserted" /> : null}
    </p>
    <p className={styles.text} data-side="after">
      {block.kind === 'same' ? block.text : null}
      {block.kind === 'inserted' ? <ins className={styles.inserted}>{block.text}</ins> : null}
      {block.kind === 'changed' ? <Parts parts={block.parts} without="deleted" /> : null}
    </p>
  </div>
)

const Conflicts = ({ conflicts, line }: { conflicts: readonly Conflict[]; line: number }) => {
  const word = useWords(amendmentWords)
  const here = conflicts.filter((one) => one.line === line)
  return here.map(({ kind, theirs }) => (
    <p key={kind} className={styles.conflict}>
      <b>{word(`conflict_${kind}`)}</b>{' '}
      {theirs === '' ? word('theirsDeleted') : word('theirs', { text: theirs })}
    </p>
  ))
}
