// The seal under a decision: carved white on vermilion when it passed, a plain inked frame when it did not.
import { classes } from './classes.ts'
import styles from './Seal.module.css'

export interface SealProps {
  /** Few characters, such as 通过 or PASSED. */
  text: string
  passed: boolean
  /** Comes down once, when it is drawn. */
  animate: boolean
}

const han = /[\u3400-\u9fff]/

/** Han characters stand as on a seal: in columns from the right, two a column; other scripts in lines of words. */
const columnsOf = (text: string): string[] => {
  if (!han.test(text)) return text.split(' ')
  const characters = [...text]
  const height = characters.length <= 3 ? characters.length : Math.ceil(characters.length / 2)
  const columns: string[] = []
  for (let at = 0; at < characters.length; at += height)
    columns.push(characters.slice(at, at + height).join(''))
  return columns
}

/** Cut by hand: no edge quite straight. */
const frame =
  'M9 13c0-4 3-6 7-6 22 1 45-1 68 0 5 0 8 2 8 7-1 23 1 46 0 69 0 5-2 8-7 8-23-1-46 1-69 0-5 0-8-2-8-7 1-24-1-47 1-71z'

export const Seal = ({ text, passed, animate }: SealProps) => (
  <svg
    className={classes(styles.seal, passed ? styles.passed : styles.plain, animate && styles.falling)}
    viewBox="0 0 100 100"
    role="img"
    aria-label={text}
  >
    <path className={styles.ground} d={frame} />
    <path className={styles.line} d={frame} transform="translate(5.6 5.6) scale(0.888)" />
    <SealText text={text} />
  </svg>
)

const SealText = ({ text }: { text: string }) => {
  const columns = columnsOf(text)
  if (!han.test(text)) {
    const longest = Math.max(...columns.map((column) => column.length))
    const size = Math.min(24, 92 / longest)
    return (
      <g className={styles.latin} fontSize={size}>
        {columns.map((column, i) => (
          <text key={column} x="50" y={50 + (i - (columns.length - 1) / 2) * size * 1.2} dy="0.35em">
            {column}
          </text>
        ))}
      </g>
    )
  }
  const tallest = Math.max(...columns.map((column) => column.length))
  const size = Math.min(columns.length === 1 ? 58 : 34, 70 / tallest)
  return (
    <g className={styles.han} fontSize={size}>
      {columns.flatMap((column, i) =>
        [...column].map((character, j) => (
          <text
            key={`${i}-${j}`}
            x={50 - (i - (columns.length - 1) / 2) * size * 1.08}
            y={50 + (j - (column.length - 1) / 2) * size * 1.04}
            dy="0.36em"
          >
            {character}
          </text>
        )),
      )}
    </g>
  )
}
