// A party of the council by shape, colour and word, so that none of the three is needed alone.
import styles from './Small.module.css'

/** Square, circle, triangle, diamond, hexagon, cross; then they repeat in the next colour. */
const shapes = [
  'M3 3h10v10H3z',
  'M8 2.4a5.6 5.6 0 1 1 0 11.2A5.6 5.6 0 0 1 8 2.4z',
  'M8 2l6.4 11.4H1.6z',
  'M8 1.4L14.6 8 8 14.6 1.4 8z',
  'M4.8 2.4h6.4L14.6 8l-3.4 5.6H4.8L1.4 8z',
  'M6 2h4v4h4v4h-4v4H6v-4H2V6h4z',
]
const colours = 6

/** As an SVG path in a box of 16 × 16; -1 for whoever belongs to no party. */
export const partyShape = (index: number): string =>
  (index < 0 ? shapes[1] : shapes[index % shapes.length]) ?? ''

export interface PartyMarkProps {
  /** The party's place in the meeting's list; -1 for observers. */
  index: number
  name: string
  /** Leaves the word to the text beside it; readers still hear it. */
  hidesName?: boolean
}

export const PartyMark = ({ index, name, hidesName = false }: PartyMarkProps) => (
  <span className={styles.party}>
    <svg
      viewBox="0 0 16 16"
      width="0.9em"
      height="0.9em"
      aria-hidden="true"
      style={{ color: index < 0 ? 'var(--ink-faint)' : `var(--party-${index % colours})` }}
    >
      <path
        d={partyShape(index)}
        {...(index < 0 ? { fill: 'none', stroke: 'currentColor', strokeWidth: 2 } : { fill: 'currentColor' })}
      />
    </svg>
    <span className={hidesName ? styles.unseen : undefined}>{name}</span>
  </span>
)
