// Two versions held against each other, with their figures; the two ways of reading where there is room for both.
import { useCallback, useState } from 'react'
import { Banner } from '../../kit/Banner.tsx'
import { Button } from '../../kit/Button.tsx'
import { Progress } from '../../kit/Progress.tsx'
import { draftVersionWords } from '../../words/draftVersions.ts'
import { useRefusal } from '../../words/refusals.ts'
import { useWords } from '../../words/words.ts'
import { useActors } from '../authors/actors.ts'
import styles from '../beside/beside.module.css'
import { DifferenceText, Figures, isUnchanged } from '../difference/DifferenceText.tsx'
import { useComparison } from './useComparison.ts'

export interface ComparedTextsProps {
  draftId: string
  /** Ids of versions, or `now`. */
  before: string
  after: string
  size: 'phone' | 'laptop'
}

const noNames = {}

export const ComparedTexts = ({ draftId, before, after, size }: ComparedTextsProps) => {
  const say = useWords(draftVersionWords)
  const refusal = useRefusal()
  const [layout, setLayout] = useState<'inline' | 'sides'>('inline')
  const { answer, again } = useComparison(draftId, before, after)
  const actorOf = useActors(answer?.ok ? answer.value.names : noNames)
  const nameOf = useCallback((actorId: string) => actorOf(actorId).name, [actorOf])
  if (answer === null) return <Progress label={say('comparing')} value={0} max={null} />
  if (!answer.ok) {
    return (
      <Banner tone="warn" action={<Button onPress={again}>{say('retry')}</Button>}>
        {refusal(answer.refusal)}
      </Banner>
    )
  }
  const { difference } = answer.value
  const { figures } = difference
  const isSame = isUnchanged(figures)
  return (
    <>
      {isSame ? null : <Figures figures={figures} />}
      {size === 'laptop' && !isSame ? (
        <section className={styles.ways} aria-label={say('layout')}>
          <Button isPressed={layout === 'inline'} onPress={() => setLayout('inline')}>
            {say('asLines')}
          </Button>
          <Button isPressed={layout === 'sides'} onPress={() => setLayout('sides')}>
            {say('asColumns')}
          </Button>
        </section>
      ) : null}
      <DifferenceText
        difference={difference}
        layout={size === 'phone' ? 'inline' : layout}
        size={size}
        nameOf={nameOf}
      />
    </>
  )
}
