// The two ways a poll ends: closed and counted, after a look at who has not voted; or cancelled, with a reason.
import { useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import type { Poll } from '../../../shared/meeting/state.ts'
import { AskDialog } from '../../kit/AskDialog.tsx'
import { Banner } from '../../kit/Banner.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { useMeeting } from '../../link/meeting.ts'
import { papersWords } from '../../words/facilitatorPapers.ts'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { useWords } from '../../words/words.ts'
import { useMeetingState, usePartyName, useSeatName } from '../cockpit.ts'
import { closeDialog } from '../dialogs.ts'
import { Trouble } from '../Trouble.tsx'
import { useOrder } from '../useOrder.ts'
import { unsettled } from './boxes.ts'
import { usePaperBoxes } from './PaperBoxes.tsx'
import styles from './poll.module.css'
import { type Missing, notVotedCount, reaches } from './turnout.ts'
import { useBoxName } from './useBoxName.ts'
import { useMissing } from './useMissing.ts'

const namesMax = 30

export const ClosePollDialog = ({ pollId }: { pollId: string }) => {
  const poll = useMeetingState().polls[pollId]
  return poll === undefined || poll.status !== 'open' ? null : <ClosePoll poll={poll} />
}

const ClosePoll = ({ poll }: { poll: Poll }) => {
  const word = useWords(pollWords)
  const { order, pending, trouble } = useOrder()
  const missing = useMissing(poll)
  const tally = useMeeting((it) => it.tally)
  const left = notVotedCount(missing, tally)
  const boxes = unsettled(usePaperBoxes(poll))
  const close = async () => {
    if (await order({ type: 'closePoll', pollId: poll.pollId })) closeDialog()
  }
  return (
    <AskDialog
      title={word('closeTitle')}
      onClose={closeDialog}
      confirmLabel={word('closeAction')}
      cancelLabel={word('keepOpen')}
      onConfirm={() => void close()}
      isPending={pending}
      isDisabled={boxes.open.length > 0}
    >
      <p className={styles.asked}>{poll.question}</p>
      <BoxWarnings {...boxes} />
      <p>
        {left === 0
          ? word('closeAll', { electors: poll.electors.length })
          : word('closeLeft', { count: left })}
      </p>
      {left === 0 ? null : <Left missing={missing} />}
      <p className={styles.note}>{word('closeBody')}</p>
      <Trouble>{trouble}</Trouble>
    </AskDialog>
  )
}

/** A box on which tellers differ keeps the poll open; one that nobody counted is lost. */
const BoxWarnings = ({ missing, open }: ReturnType<typeof unsettled>) => {
  const word = useWords(papersWords)
  const boxName = useBoxName()
  const said = [
    ...open.map(({ partyId }) => word('closeOpen', { box: boxName(partyId) })),
    ...missing.map(({ partyId }) => word('closeMissing', { box: boxName(partyId) })),
  ]
  return said.map((line) => (
    <Banner key={line} tone="warn">
      {line}
    </Banner>
  ))
}

const leads = {
  connected: 'closeConnected',
  disconnected: 'closeDisconnected',
  clerk: 'closeClerk',
  proxy: 'closeProxy',
  paper: 'closePaper',
} as const

const Left = ({ missing }: { missing: readonly Missing[] }) => {
  const word = useWords(pollWords)
  const seatName = useSeatName()
  const partyName = usePartyName()
  return reaches.map((reach) => {
    const seats = missing.filter((one) => one.reach === reach && !one.isCounted)
    if (seats.length === 0) return null
    const names = seats
      .slice(0, namesMax)
      .map((one) => `${seatName(one.seatId)}（${partyName(one.partyId)}）`)
    const more = seats.length > namesMax ? word('moreSeats', { count: seats.length - namesMax }) : ''
    return (
      <div key={reach} className={styles.left} data-reach={reach}>
        <strong>{word(leads[reach], { count: seats.length })}</strong>
        <p>{[...names, more].filter((part) => part !== '').join(word('listComma'))}</p>
      </div>
    )
  })
}

export const CancelPollDialog = ({ pollId }: { pollId: string }) => {
  const poll = useMeetingState().polls[pollId]
  const word = useWords(pollWords)
  const { order, pending, trouble } = useOrder()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  if (poll === undefined || poll.status !== 'open') return null
  const cancel = async () => {
    setTried(true)
    if (reason.trim() === '') return
    if (await order({ type: 'cancelPoll', pollId, reason: reason.trim() })) closeDialog()
  }
  return (
    <AskDialog
      title={word('cancelTitle')}
      onClose={closeDialog}
      confirmLabel={word('cancelAction')}
      cancelLabel={word('keepOpen')}
      danger
      onConfirm={() => void cancel()}
      isPending={pending}
    >
      <p>{word('cancelBody')}</p>
      <TextField
        label={word('reason')}
        value={reason}
        onChange={setReason}
        charsMax={limits.reasonCharsMax}
        error={tried && reason.trim() === '' ? word('reasonMissing') : null}
        onEnter={() => void cancel()}
        isRequired
        autoFocus
      />
      <Trouble>{trouble}</Trouble>
    </AskDialog>
  )
}
