// The legend of who wrote what: everybody whose letters stand in the text, with their share, and the marks in the text
// switched on or off.
import type { Editor } from '@tiptap/core'
import { useState } from 'react'
import { Banner } from '../../kit/Banner.tsx'
import { Button } from '../../kit/Button.tsx'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { Skeleton } from '../../kit/Skeleton.tsx'
import { Switch } from '../../kit/Switch.tsx'
import type { DraftHandle } from '../../link/draft.ts'
import { draftVersionWords } from '../../words/draftVersions.ts'
import { useRefusal } from '../../words/refusals.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import styles from '../beside/beside.module.css'
import { marksMax } from './authorMarks.ts'
import { type Share, useAuthors } from './useAuthors.ts'

export interface AuthorsPanelProps {
  draft: DraftHandle
  editor: Editor | null
  myId: string
}

const longText = 200_000

export const AuthorsPanel = ({ draft, editor, myId }: AuthorsPanelProps) => {
  const say = useWords(draftVersionWords)
  const refusal = useRefusal()
  const [isMarked, mark] = useState(true)
  const { shares, trouble, retry } = useAuthors(draft, editor, myId, isMarked)
  const letters = shares?.reduce((sum, share) => sum + share.letters, 0) ?? 0
  if (trouble !== null && shares === null) {
    return (
      <Banner tone="warn" action={<Button onPress={retry}>{say('retry')}</Button>}>
        {refusal(trouble)}
      </Banner>
    )
  }
  if (shares === null) return <Skeleton lines={4} />
  return (
    <>
      <Switch isSelected={isMarked} onChange={mark}>
        {say('authorsShow')}
      </Switch>
      {shares.length === 0 ? <p>{say('authorsNone')}</p> : null}
      <ul className={styles.legend}>
        {shares.map((share) => (
          <AuthorLine
            key={share.actor.actorId}
            share={share}
            all={letters}
            isMe={share.actor.actorId === myId}
          />
        ))}
      </ul>
      {isMarked && letters > longText ? <p>{say('authorsLimited', { max: marksMax })}</p> : null}
      <p className={styles.note}>{say('authorsHint')}</p>
    </>
  )
}

const AuthorLine = ({ share, all, isMe }: { share: Share; all: number; isMe: boolean }) => {
  const say = useWords(draftVersionWords)
  const [language] = useLanguage()
  const { actor, letters } = share
  const percent = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(
    (100 * letters) / Math.max(1, all),
  )
  const name = isMe ? say('nameAndMe', { name: actor.name }) : actor.name
  return (
    <li className={styles.author}>
      <span className={styles.authorName}>
        <PartyMark index={actor.partyIndex} name={actor.partyName} hidesName />
        {name}
      </span>
      <span className={styles.figure}>{say('share', { count: letters, percent })}</span>
    </li>
  )
}
