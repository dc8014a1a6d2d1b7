// Asks before the meeting is closed for good; an open poll has to end first.
import { openPoll } from '../../shared/views/polls.ts'
import { AskDialog } from '../kit/AskDialog.tsx'
import { Banner } from '../kit/Banner.tsx'
import { facilitatorWords } from '../words/facilitator.ts'
import { useWords } from '../words/words.ts'
import { useMeetingState } from './cockpit.ts'
import { closeDialog, openDialog } from './dialogs.ts'
import { Trouble } from './Trouble.tsx'
import { useOrder } from './useOrder.ts'

export const CloseMeetingDialog = () => {
  const state = useMeetingState()
  const word = useWords(facilitatorWords)
  const { order, pending, trouble } = useOrder()
  const poll = openPoll(state)
  const ahead = state.agenda.filter((item) => item.status === 'ahead').length
  const close = async () => {
    if (await order({ type: 'closeMeeting' })) closeDialog()
  }
  return (
    <AskDialog
      title={word('closeTitle')}
      onClose={closeDialog}
      confirmLabel={word(poll === null ? 'closeAction' : 'step_closePoll')}
      danger={poll === null}
      onConfirm={() =>
        poll === null ? void close() : openDialog({ kind: 'closePoll', pollId: poll.pollId })
      }
      isPending={pending}
    >
      {poll === null ? null : (
        <Banner tone="warn">{word('closePollOpen', { question: poll.question })}</Banner>
      )}
      {ahead === 0 ? null : <Banner tone="info">{word('closeAhead', { count: ahead })}</Banner>}
      <p>{word('closeBody')}</p>
      <Trouble>{trouble}</Trouble>
    </AskDialog>
  )
}
