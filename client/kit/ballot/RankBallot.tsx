// A ballot of preferences: options are tapped in order, and moved by buttons, so that finger, mouse and keyboard do alike.
import { useLayoutEffect, useRef } from 'react'
import { ballotWords } from '../../words/ballot.ts'
import { useWords } from '../../words/words.ts'
import { Button } from '../Button.tsx'
import type { OptionInWords } from '../result/optionWords.ts'
import styles from './Ballot.module.css'
import { added, moved, placeOf, type Ranking, removed, tied, untied } from './rankMoves.ts'

interface RankBallotProps {
  options: readonly OptionInWords[]
  ranking: Ranking
  onChange: (ranking: Ranking) => void
  /** The option that stands for none of the above, shown apart. */
  none?: string | undefined
  /** Where the method counts equal preferences. */
  allowsTies: boolean
}

/** A moved line is another node in the page: focus follows it to the button that was pressed, or its neighbour. */
const useFollowingFocus = () => {
  const list = useRef<HTMLOListElement>(null)
  const pressed = useRef<{ id: string; what: string } | null>(null)
  useLayoutEffect(() => {
    const wanted = pressed.current
    if (wanted === null) return
    pressed.current = null
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('[data-rank]') ?? [])].filter(
      ({ dataset }) => dataset.rank === wanted.id,
    )
    const free = buttons.flatMap((box) => {
      const button = box.querySelector('button')
      return button === null || button.disabled ? [] : [{ button, what: box.dataset.what }]
    })
    const next = free.find(({ what }) => what === wanted.what) ?? free[0]
    next?.button.focus({ preventScroll: true })
  })
  return { list, pressed }
}

export const RankBallot = ({ options, ranking, onChange, none, allowsTies }: RankBallotProps) => {
  const word = useWords(ballotWords)
  const { list, pressed } = useFollowingFocus()
  const change = (what: string, id: string, to: Ranking): void => {
    pressed.current = { id, what }
    onChange(to)
  }
  const labelOf = (id: string): string => options.find((option) => option.id === id)?.label ?? id
  const ranked = ranking.flat()
  const left = options.filter(({ id }) => !ranked.includes(id))
  const noneLabel = none === undefined ? undefined : labelOf(none)
  const key = (what: string, id: string, label: string, mark: string, to: Ranking) => (
    <span data-rank={id} data-what={what}>
      <Button label={label} isDisabled={to === ranking} onPress={() => change(what, id, to)}>
        {mark}
      </Button>
    </span>
  )
  return (
    <div className={styles.ballot}>
      <h3 className={styles.part}>{word('ranked')}</h3>
      {ranked.length === 0 ? <p className={styles.note}>{word('rankedNone')}</p> : null}
      <ol ref={list} className={styles.ranked} aria-live="polite">
        {ranked.map((id) => {
          const option = labelOf(id)
          const place = placeOf(ranking, id)
          const isTied = (ranking[place - 1]?.length ?? 0) > 1
          return (
            <li key={id} className={styles.line}>
              <span className={styles.place}>{word('place', { count: place })}</span>
              <span className={styles.option}>{option}</span>
              <span className={styles.keys}>
                {!allowsTies
                  ? null
                  : isTied
                    ? key('tie', id, word('untie', { option }), '≠', untied(ranking, id))
                    : key('tie', id, word('tieUp', { option }), '＝', tied(ranking, id))}
                {key('up', id, word('up', { option }), '↑', moved(ranking, id, -1))}
                {key('down', id, word('down', { option }), '↓', moved(ranking, id, 1))}
                {key('remove', id, word('remove', { option }), '✕', removed(ranking, id))}
              </span>
            </li>
          )
        })}
      </ol>
      <h3 className={styles.part}>{word('unranked')}</h3>
      {left.length === 0 ? <p className={styles.note}>{word('allRanked')}</p> : null}
      <ul className={styles.left}>
        {left.map(({ id, label }) => (
          <li key={id} className={id === none ? styles.apart : undefined}>
            <button
              type="button"
              className={styles.add}
              aria-label={word('addRank', { option: label, count: ranking.length + 1 })}
              onClick={() => onChange(added(ranking, id))}
            >
              <span className={styles.plus} aria-hidden="true">
                {ranking.length + 1}
              </span>
              <span className={styles.option}>{label}</span>
            </button>
          </li>
        ))}
      </ul>
      {noneLabel === undefined ? null : (
        <p className={styles.note}>{word('noneApartHint', { option: noneLabel })}</p>
      )}
    </div>
  )
}
