// An amendment as a difference: from what it was made of, or from the draft as it is now; inline or side by side; with
// the passages that both changed marked in place.
import { useState } from 'react'
import { Banner } from '../../kit/Banner.tsx'
import { Button } from '../../kit/Button.tsx'
import { RadioGroup } from '../../kit/RadioGroup.tsx'
import { Skeleton } from '../../kit/Skeleton.tsx'
import { differenceWords } from '../../words/differences.ts'
import { useRefusal } from '../../words/refusals.ts'
import { useWords } from '../../words/words.ts'
import { DifferenceText, Figures } from './DifferenceText.tsx'
import styles from './difference.module.css'
import type { AmendmentTexts, Asked } from './texts.ts'
import { useDifference, useFormed } from './useDifference.ts'
import { useForms } from './useForms.ts'
import { useStanding } from './useStanding.ts'

export interface AmendmentDifferenceProps {
  texts: Asked<AmendmentTexts>
  size: 'phone' | 'laptop'
}

export const AmendmentDifference = ({ texts, size }: AmendmentDifferenceProps) => {
  const word = useWords(differenceWords)
  const inWords = useRefusal()
  const [against, setAgainst] = useState<'base' | 'now'>('base')
  const [layout, setLayout] = useState<'inline' | 'sides'>('inline')
  const standing = useStanding(texts.value)
  const fromNow = useDifference(
    against === 'now' ? (texts.value?.now ?? null) : null,
    texts.value?.fork ?? null,
  )
  const ids = texts.value?.ids
  const baseForms = useForms('frozen', ids?.base ?? null)
  const nowForms = useForms('now', against === 'now' ? (ids?.now ?? null) : null)
  const forkForms = useForms('now', ids?.fork ?? null)
  const difference = useFormed(
    against === 'base' ? (standing?.ours ?? null) : fromNow,
    against === 'base'
      ? { text: texts.value?.base ?? '', forms: baseForms }
      : { text: texts.value?.now ?? '', forms: nowForms },
    { text: texts.value?.fork ?? '', forms: forkForms },
  )
  if (texts.value === null && texts.refusal !== null) {
    return (
      <Banner tone="warn" action={<Button onPress={texts.again}>{word('retry')}</Button>}>
        {inWords(texts.refusal)}
      </Banner>
    )
  }
  if (standing === null) return <Skeleton lines={5} />
  const isWide = size === 'laptop'
  const shownAs = isWide ? layout : 'inline'
  return (
    <div className={styles.panel}>
      <div className={styles.controls}>
        {standing.hasMoved ? (
          <RadioGroup
            label={word('against')}
            value={against}
            onChange={(id) => setAgainst(id === 'now' ? 'now' : 'base')}
            options={(['base', 'now'] as const).map((id) => ({ id, label: word(`against_${id}`) }))}
          />
        ) : null}
        {isWide ? (
          <RadioGroup
            label={word('layout')}
            value={layout}
            onChange={(id) => setLayout(id === 'sides' ? 'sides' : 'inline')}
            options={(['inline', 'sides'] as const).map((id) => ({ id, label: word(`layout_${id}`) }))}
          />
        ) : null}
      </div>
      {difference === null ? (
        <Skeleton lines={5} />
      ) : (
        <>
          <Figures figures={difference.figures} />
          {shownAs === 'sides' ? (
            <div className={styles.columns} aria-hidden="true">
              <span>{word(`against_${against}`)}</span>
              <span>{word('amendedText')}</span>
            </div>
          ) : null}
          <DifferenceText
            difference={difference}
            layout={shownAs}
            size={size}
            conflicts={against === 'base' ? standing.conflicts : []}
          />
        </>
      )}
    </div>
  )
}
