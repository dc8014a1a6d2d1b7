// Matters that go through four deliberations and two publications: how far each has come, and its notices.
import { useState } from 'react'
import type { MattersView, MatterView } from '../../../shared/wire/httpMatters.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Card.tsx'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { mattersWords } from '../../words/townMatters.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { paths } from '../calls.ts'
import { dateTimeIn } from '../dates.ts'
import { useStaffRole } from '../Frames.tsx'
import { LoadedView, useLoaded } from '../loaded.tsx'
import styles from '../Town.module.css'
import { ChainSteps } from './ChainSteps.tsx'
import { OpenMatterDialog } from './OpenMatterDialog.tsx'

export const MattersPage = () => {
  const word = useWords(mattersWords)
  const role = useStaffRole()
  const [matters, again] = useLoaded<MattersView>(paths.matters)
  const [isOpening, setOpening] = useState(false)
  const mayKeep = role === 'secretary' || role === 'clerk'
  const open = (
    <Button kind="primary" onPress={() => setOpening(true)}>
      {word('open')}
    </Button>
  )
  return (
    <>
      <div className={styles.head}>
        <div className={styles.headText}>
          <h1 className={styles.title}>{word('title')}</h1>
          <p className={styles.lead}>{word('lead')}</p>
        </div>
        {mayKeep ? open : null}
      </div>
      <LoadedView loaded={matters} again={again}>
        {(value) =>
          value.matters.length === 0 ? (
            <EmptyState title={word('none')} hint={word('noneHint')} action={mayKeep ? open : undefined} />
          ) : (
            value.matters.map((matter) => (
              <MatterCard key={matter.matterId} matter={matter} mayKeep={mayKeep} again={again} />
            ))
          )
        }
      </LoadedView>
      {isOpening ? <OpenMatterDialog onClose={() => setOpening(false)} onOpened={again} /> : null}
    </>
  )
}

interface MatterCardProps {
  matter: MatterView
  mayKeep: boolean
  again: () => void
}

const MatterCard = ({ matter, mayKeep, again }: MatterCardProps) => {
  const word = useWords(mattersWords)
  const [language] = useLanguage()
  const done = matter.links.filter(({ state }) => state === 'done').length
  return (
    <Card
      title={matter.title}
      actions={
        matter.complete ? (
          <Badge tone="good">{word('complete')}</Badge>
        ) : (
          <Badge tone="live">{word('progress', { done, all: matter.links.length })}</Badge>
        )
      }
    >
      <p className={styles.small}>
        {word('openedAt', { at: dateTimeIn(language, matter.openedAt) })} ·{' '}
        <a href={paths.matterRecord(matter.matterId)} download>
          {word('record')}
        </a>
      </p>
      <ChainSteps matter={matter} mayKeep={mayKeep} again={again} />
    </Card>
  )
}
