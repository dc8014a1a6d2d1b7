// The boxes of papers of the open poll: who has counted, whether two tellers agree, and what is to be done next.
import { useState } from 'react'
import type { Poll } from '../../../shared/meeting/state.ts'
import { Badge, type BadgeTone } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { Confirm } from '../../kit/Confirm.tsx'
import { choiceWords, optionLabel } from '../../kit/result/optionWords.ts'
import { useMeeting } from '../../link/meeting.ts'
import { papersWords } from '../../words/facilitatorPapers.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { useMay, useMeetingParts } from '../cockpit.ts'
import { openDialog } from '../dialogs.ts'
import { useOrder } from '../useOrder.ts'
import { type Box, boxesIn } from './boxes.ts'
import styles from './papers.module.css'
import { useBoxName } from './useBoxName.ts'

export const usePaperBoxes = (poll: Poll): Box[] => {
  const state = useMeetingParts('attendance')
  const tally = useMeeting((it) => it.tally)
  return boxesIn(state, poll, tally?.pollId === poll.pollId ? tally : null)
}

export const PaperBoxes = ({ poll }: { poll: Poll }) => {
  const word = useWords(papersWords)
  const boxes = usePaperBoxes(poll)
  if (boxes.length === 0) return null
  return (
    <section className={styles.boxes}>
      <h3>{word('papers')}</h3>
      <p className={styles.note}>{word('papersHint')}</p>
      <ul className={styles.boxList}>
        {boxes.map((box) => (
          <BoxLine key={box.partyId ?? ''} poll={poll} box={box} />
        ))}
      </ul>
    </section>
  )
}

type BoxState = 'none' | 'oneIn' | 'recount' | 'agreed'
const tones: Readonly<Record<BoxState, BadgeTone>> = {
  none: 'plain',
  oneIn: 'live',
  recount: 'bad',
  agreed: 'good',
}

const BoxLine = ({ poll, box }: { poll: Poll; box: Box }) => {
  const word = useWords(papersWords)
  const may = useMay()
  const boxName = useBoxName()
  const myId = useMeeting((it) => it.me?.actorId)
  const { partyId, seats, tally } = box
  const state: BoxState = tally?.state ?? 'none'
  const tellers = tally?.tellers ?? []
  const isMine = myId !== undefined && tellers.includes(myId)
  const mayEnter = may('enterPaper') && state !== 'agreed' && (isMine || tellers.length < 2)
  return (
    <li className={styles.boxLine} data-state={state}>
      <p className={styles.boxHead}>
        <strong>{boxName(partyId)}</strong>
        <span className={styles.note}>{word('seats', { count: seats })}</span>
        <Badge tone={tones[state]}>{word(`state_${state}`)}</Badge>
      </p>
      {state === 'oneIn' ? <p>{word(isMine ? 'mineIn' : 'otherIn')}</p> : null}
      {state === 'recount' && tally !== null ? (
        <p className={styles.addsNot}>
          <Differs poll={poll} differs={tally.differs} isMine={isMine} />
        </p>
      ) : null}
      {tally?.sheet ? <Agreed poll={poll} sheet={tally.sheet} isMine={isMine} /> : null}
      <p className={styles.boxKeys}>
        {mayEnter ? (
          <Button
            kind={isMine && state === 'oneIn' ? 'plain' : 'primary'}
            onPress={() => openDialog({ kind: 'enterPaper', pollId: poll.pollId, partyId })}
          >
            {word(isMine ? 'enterAgain' : 'enter')}
          </Button>
        ) : null}
        {tally === null || !may('discardPaper') ? null : <Discard poll={poll} partyId={partyId} />}
      </p>
    </li>
  )
}

const figureLines = ['blank', 'spoiled', 'box', 'handedOut'] as const

/** A line of a sheet in words: a figure by its name, an option, or the marks of a bundle. */
const useLineWords = (poll: Poll): ((line: string) => string) => {
  const word = useWords(papersWords)
  const [language] = useLanguage()
  return (line) => {
    const figure = figureLines.find((one) => one === line)
    if (figure !== undefined) return word(figure)
    return line.startsWith('{')
      ? choiceWords(poll, JSON.parse(line), language)
      : optionLabel(poll, line, language)
  }
}

const Differs = ({ poll, differs, isMine }: { poll: Poll; differs: readonly string[]; isMine: boolean }) => {
  const word = useWords(papersWords)
  const line = useLineWords(poll)
  const list = differs.map(line).join(word('semicolon'))
  return word(isMine ? 'differsMine' : 'differs', { list })
}

type Sheet = NonNullable<NonNullable<Box['tally']>['sheet']>

const Agreed = ({ poll, sheet, isMine }: { poll: Poll; sheet: Sheet; isMine: boolean }) => {
  const word = useWords(papersWords)
  const [language] = useLanguage()
  const lines = sheet.lines.map(({ choice, count }) => `${choiceWords(poll, choice, language)} ${count}`)
  const others = figureLines.map((figure) => `${word(figure)} ${sheet[figure]}`)
  return (
    <>
      <p>{word(isMine ? 'tellersMine' : 'tellersTwo')}</p>
      <ul className={styles.agreed}>
        {[...lines, ...others].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  )
}

const Discard = ({ poll, partyId }: { poll: Poll; partyId: string | null }) => {
  const word = useWords(papersWords)
  const boxName = useBoxName()
  const { order, pending } = useOrder()
  const [isAsking, setAsking] = useState(false)
  const discard = async () => {
    if (await order({ type: 'discardPaper', pollId: poll.pollId, partyId })) setAsking(false)
  }
  return (
    <>
      <Button kind="quiet" onPress={() => setAsking(true)}>
        {word('discard')}
      </Button>
      <Confirm
        title={word('discardTitle', { box: boxName(partyId) })}
        body={<p>{word('discardBody')}</p>}
        confirmLabel={word('discardAction')}
        danger
        isOpen={isAsking}
        isPending={pending}
        onClose={() => setAsking(false)}
        onConfirm={() => void discard()}
      />
    </>
  )
}
