// A ranked count round by round: options down, rounds across; votes, what moved, who was elected and who went out.
import type { CountResult, Round } from '../../shared/counting/poll.ts'
import { countingWords } from '../words/counting.ts'
import { useWords } from '../words/words.ts'
import { classes } from './classes.ts'
import styles from './result/ResultTables.module.css'
import { figuresIn, figureWords, movedWords, type RoundCell, roundRows } from './result/roundRows.ts'

export interface NamedOption {
  readonly id: string
  readonly label: string
}

interface RoundsTableProps {
  result: Pick<CountResult, 'rounds' | 'winners' | 'quota'>
  options: readonly NamedOption[]
}

type Figure = (figure: number) => string

export const RoundsTable = ({ result, options }: RoundsTableProps) => {
  const word = useWords(countingWords)
  const { rounds = [], winners, quota } = result
  const label = labelOf(options)
  const list = (ids: readonly string[]) => ids.map(label).join(word('listComma'))
  const figure = figureWords(figuresIn(rounds))
  const rows = roundRows(
    result,
    options.map(({ id }) => id),
  )
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by the keyboard */}
      <section className={styles.box} aria-label={word('rounds')} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{word('option')}</th>
              {rounds.map((round) => (
                <th key={round.round} scope="col">
                  {word('round', { count: round.round })}
                  <span className={styles.action}>
                    {word(`action_${round.action}`, { list: list(round.from) })}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ optionId, cells }) => (
              <tr key={optionId}>
                <th scope="row" className={winners.includes(optionId) ? styles.winner : undefined}>
                  {label(optionId)}
                </th>
                {cells.map((cell, at) => (
                  <Cell key={rounds[at]?.round ?? at} cell={cell} figure={figure} />
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">{word('nonTransferable')}</th>
              {rounds.map((round) => (
                <td key={round.round}>{figure(round.nonTransferable)}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </section>
      <div className={styles.notes}>
        {quota === undefined ? null : <p>{word('quota', { quota })}</p>}
        {rounds.map((round) => (
          <TieNote key={round.round} round={round} list={list} />
        ))}
      </div>
    </>
  )
}

export const labelOf =
  (options: readonly NamedOption[]) =>
  (id: string): string =>
    options.find((option) => option.id === id)?.label ?? id

const Cell = ({ cell, figure }: { cell: RoundCell; figure: Figure }) => {
  const word = useWords(countingWords)
  const { votes, moved, mark } = cell
  return (
    <td className={classes(mark === null ? null : styles[mark])}>
      <span className={styles.votes}>{votes === null ? '\u2014' : figure(votes)}</span>
      {moved === 0 ? null : <span className={styles.moved}>{movedWords(moved, figure)}</span>}
      {mark === null ? null : (
        <span className={styles.mark}>
          {mark === 'elected' ? '✓' : '✗'} {word(mark)}
        </span>
      )}
    </td>
  )
}

const TieNote = ({ round, list }: { round: Round; list: (ids: readonly string[]) => string }) => {
  const word = useWords(countingWords)
  const { tie } = round
  if (tie === undefined) return null
  return (
    <p>{word('tieIn', { count: round.round, list: list(tie.among), how: word(`tie_${tie.decidedBy}`) })}</p>
  )
}
