// The six links of a chain in order: done, next, or blocked; the polls that decided them and the notices that hang.
import { useState } from 'react'
import { Link } from 'wouter'
import { fourDeliberations } from '../../../shared/rules/fourDeliberations.ts'
import type { ChainLinkView, MatterView } from '../../../shared/wire/httpMatters.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { classes } from '../../kit/classes.ts'
import { mattersWords } from '../../words/townMatters.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import styles from './Matters.module.css'
import { NoticeDialog } from './NoticeDialog.tsx'
import { isPublication, type PublicationLink } from './publication.ts'

const tones = { done: 'good', next: 'live', blocked: 'plain' } as const
const marks = { done: '✓', next: '→', blocked: '·' } as const

interface ChainStepsProps {
  matter: MatterView
  mayKeep: boolean
  again: () => void
}

export const ChainSteps = ({ matter, mayKeep, again }: ChainStepsProps) => {
  const word = useWords(mattersWords)
  const [language] = useLanguage()
  const [dialog, setDialog] = useState<PublicationLink | null>(null)
  return (
    <ol className={styles.steps}>
      {matter.links.map((link) => {
        const named = fourDeliberations.find(({ code }) => code === link.code)
        return (
          <li key={link.code} className={classes(styles.step, styles[link.state])}>
            <span className={styles.mark} aria-hidden="true">
              {marks[link.state]}
            </span>
            <div className={styles.body}>
              <p className={styles.name}>
                {named === undefined ? link.code : pick(named.name, language)}{' '}
                <Badge tone={tones[link.state]}>{word(link.state)}</Badge>
              </p>
              <Polls link={link} />
              <NoticeLine link={link} />
              {mayKeep && isPublication(link) && mayAct(link) ? (
                <Button onPress={() => setDialog(link)}>
                  {word(link.notice === null ? 'hang' : 'takeDown')}
                </Button>
              ) : null}
            </div>
          </li>
        )
      })}
      {dialog === null ? null : (
        <NoticeDialog
          matterId={matter.matterId}
          link={dialog}
          onClose={() => setDialog(null)}
          onDone={again}
        />
      )}
    </ol>
  )
}

/** Hung when its turn has come, taken down when its days are over. */
const mayAct = ({ state, notice }: ChainLinkView): boolean =>
  notice === null ? state === 'next' : notice.takenDownOn === null && state === 'done'

const Polls = ({ link }: { link: ChainLinkView }) => {
  const word = useWords(mattersWords)
  if (link.polls.length === 0) {
    return link.state === 'next' && !isPublication(link) ? (
      <p className={styles.hint}>{word('nextHint')}</p>
    ) : null
  }
  return (
    <ul className={styles.polls}>
      {link.polls.map(({ meetingId, pollId, passed }) => (
        <li key={pollId}>
          <Badge tone={passed ? 'good' : 'warn'}>{word(passed ? 'passed' : 'failed')}</Badge>{' '}
          <Link href={`/m/${meetingId}/record`}>{word('toRecord')}</Link>
        </li>
      ))}
    </ul>
  )
}

const NoticeLine = ({ link: { notice } }: { link: ChainLinkView }) => {
  const word = useWords(mattersWords)
  if (notice === null) return null
  const { hungOn, days, place, takenDownOn } = notice
  return (
    <p className={styles.hint}>
      {word('hungOn', { date: hungOn, days })}
      {place === '' ? '' : ` · ${place}`}
      {takenDownOn === null ? '' : ` · ${word('downOn', { date: takenDownOn })}`}
    </p>
  )
}
