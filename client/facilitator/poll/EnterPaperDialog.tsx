// A teller enters the own count of one box, without seeing the other's: a figure per option, or bundles of equal papers.
import { type ReactNode, useState } from 'react'
import { boxesOf } from '../../../shared/meeting/paper.ts'
import type { Poll } from '../../../shared/meeting/state.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { Banner } from '../../kit/Banner.tsx'
import { Button } from '../../kit/Button.tsx'
import { optionsInWords } from '../../kit/result/optionWords.ts'
import { TextField } from '../../kit/TextField.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { papersWords } from '../../words/facilitatorPapers.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { useMeetingState } from '../cockpit.ts'
import { closeDialog } from '../dialogs.ts'
import { Trouble } from '../Trouble.tsx'
import { useOrder } from '../useOrder.ts'
import { Bundles } from './Bundles.tsx'
import { boxesIn } from './boxes.ts'
import { countOf, type EntryTexts, entryOf, newEntry } from './paperEntry.ts'
import styles from './papers.module.css'
import { useBoxName } from './useBoxName.ts'

interface EnterPaperProps {
  pollId: string
  partyId: string | null
}

export const EnterPaperDialog = ({ pollId, partyId }: EnterPaperProps) => {
  const poll = useMeetingState().polls[pollId]
  if (poll === undefined || poll.status !== 'open' || !boxesOf(poll).includes(partyId)) return null
  return <EnterPaper poll={poll} partyId={partyId} />
}

const saysOne = ({ method }: Poll): boolean => method.kind === 'yesNo' || method.kind === 'chooseOne'

const EnterPaper = ({ poll, partyId }: { poll: Poll; partyId: string | null }) => {
  const state = useMeetingState()
  const word = useWords(papersWords)
  const boxName = useBoxName()
  const { order, pending, trouble } = useOrder()
  const seats = boxesIn(state, poll, null).find((box) => box.partyId === partyId)?.seats ?? 0
  const [texts, setTexts] = useState<EntryTexts>(() => newEntry(seats))
  const [isLeaving, setLeaving] = useState(false)
  const change = (to: Partial<EntryTexts>) => setTexts((before) => ({ ...before, ...to }))
  const entry = entryOf(texts, seats)
  const isBegun = entry.sum > 0 || texts.box !== ''
  const enter = async () => {
    if (entry.problem !== null) return
    if (!(await order({ type: 'enterPaper', pollId: poll.pollId, partyId, sheet: entry.sheet }))) return
    toast(word('entered'), { tone: 'good' })
    closeDialog()
  }
  // A count of a hundred papers must not be lost to a slip of the finger.
  const leave = () => (isBegun && !isLeaving ? setLeaving(true) : closeDialog())
  return (
    <AskDialog
      title={word('enterTitle', { box: boxName(partyId) })}
      size="wide"
      onClose={leave}
      confirmLabel={word('enterAction')}
      onConfirm={() => void enter()}
      isPending={pending}
      isDisabled={entry.problem !== null}
    >
      {isLeaving ? (
        <Banner
          tone="warn"
          action={
            <>
              <Button onPress={() => setLeaving(false)}>{word('goOn')}</Button>
              <Button kind="danger" onPress={closeDialog}>
                {word('throwAway')}
              </Button>
            </>
          }
        >
          {word('leaving')}
        </Banner>
      ) : null}
      <p className={styles.note}>{word('enterHint')}</p>
      {saysOne(poll) ? (
        <Figures poll={poll} texts={texts} onChange={change} />
      ) : (
        <Bundles poll={poll} texts={texts} onChange={setTexts} />
      )}
      <div className={styles.figures}>
        <Figure label={word('blank')} text={texts.blank} onChange={(blank) => change({ blank })} />
        <Figure label={word('spoiled')} text={texts.spoiled} onChange={(spoiled) => change({ spoiled })} />
        <Figure label={word('box')} text={texts.box} onChange={(box) => change({ box })} />
        <Figure
          label={word('handedOut')}
          text={texts.handedOut}
          onChange={(handedOut) => change({ handedOut })}
        />
      </div>
      <Check problem={entry.problem} sum={entry.sum} seats={seats} box={entry.sheet.box} />
      <Trouble>{trouble}</Trouble>
    </AskDialog>
  )
}

interface FiguresProps {
  poll: Poll
  texts: EntryTexts
  onChange: (change: Partial<EntryTexts>) => void
}

const Figures = ({ poll, texts, onChange }: FiguresProps) => {
  const [language] = useLanguage()
  return (
    <div className={styles.figures}>
      {optionsInWords(poll, language).map(({ id, label }, index) => (
        <Figure
          key={id}
          label={label}
          text={texts.options[id] ?? ''}
          onChange={(text) => onChange({ options: { ...texts.options, [id]: text } })}
          autoFocus={index === 0}
        />
      ))}
    </div>
  )
}

interface FigureProps {
  label: string
  text: string
  onChange: (text: string) => void
  autoFocus?: boolean
}

const Figure = ({ label, text, onChange, autoFocus = false }: FigureProps) => {
  const word = useWords(papersWords)
  return (
    <TextField
      label={label}
      value={text}
      onChange={onChange}
      inputMode="numeric"
      placeholder="0"
      error={countOf(text) === null ? word('notWhole') : null}
      autoFocus={autoFocus}
    />
  )
}

interface CheckProps {
  problem: ReturnType<typeof entryOf>['problem']
  sum: number
  box: number
  seats: number
}

/** The running check: options, blank and spoiled are what was in the box, and no more than was handed out. */
const Check = ({ problem, sum, box, seats }: CheckProps): ReactNode => {
  const word = useWords(papersWords)
  return (
    <p className={problem === null ? styles.adds : styles.addsNot} aria-live="polite">
      {problem === null ? `✓ ${word('adds', { sum })}` : word(`problem_${problem}`, { sum, box, seats })}
    </p>
  )
}
