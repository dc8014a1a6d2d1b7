// A count by pairs (Schulze): the order that came out, and how many prefer the one in the row to the one in the column.
import type { CountResult } from '../../../shared/counting/poll.ts'
import { countingWords } from '../../words/counting.ts'
import { useWords } from '../../words/words.ts'
import { labelOf, type NamedOption } from '../RoundsTable.tsx'
import styles from './ResultTables.module.css'

interface PairsTableProps {
  result: Pick<CountResult, 'order' | 'pairwise' | 'winners'>
  options: readonly NamedOption[]
}

export const PairsTable = ({ result, options }: PairsTableProps) => {
  const word = useWords(countingWords)
  const { order = [], pairwise = {}, winners } = result
  const label = labelOf(options)
  const ranked = order.flat()
  return (
    <>
      <ol className={styles.order} aria-label={word('finalOrder')}>
        {order.map((group, at) => (
          <li key={group.join()}>
            <span className={styles.place}>{at + 1}</span>
            <span className={group.some((id) => winners.includes(id)) ? styles.winner : undefined}>
              {group.map(label).join(word('equals'))}
            </span>
          </li>
        ))}
      </ol>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by the keyboard */}
      <section className={styles.box} aria-label={word('pairs')} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{word('prefers')}</th>
              {ranked.map((id) => (
                <th key={id} scope="col">
                  <span className={styles.action}>{label(id)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ranked.map((row) => (
              <tr key={row}>
                <th scope="row" className={winners.includes(row) ? styles.winner : undefined}>
                  {label(row)}
                </th>
                {ranked.map((column) => {
                  if (row === column) return <td key={column} className={styles.self} />
                  const votes = pairwise[row]?.[column] ?? 0
                  const wins = votes > (pairwise[column]?.[row] ?? 0)
                  return (
                    <td key={column} className={wins ? styles.wins : undefined}>
                      {votes}
                      {wins ? ' ✓' : ''}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className={styles.notes}>{word('pairsHint')}</p>
    </>
  )
}
