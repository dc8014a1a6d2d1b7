// The dialog that is open over the cockpit, whichever panel, menu or key asked for it.
import { useEffect } from 'react'
import { unreachable } from '../../shared/kernel/exhaustive.ts'
import { AddItemDialog, EditItemDialog, RemoveItemDialog } from './agenda/ItemDialogs.tsx'
import {
  AdoptAmendmentDialog,
  ProposeForDialog,
  RejectAmendmentDialog,
} from './amendments/AmendmentDialogs.tsx'
import { GiveProxyDialog } from './attendance/GiveProxyDialog.tsx'
import { CardDialog, ExcuseDialog } from './attendance/SeatDialogs.tsx'
import { SubstituteDialog } from './attendance/SubstituteDialog.tsx'
import { CloseMeetingDialog } from './CloseMeetingDialog.tsx'
import { BindSeatDialog } from './desk/BindSeatDialog.tsx'
import { type CockpitDialog, closeDialog, useCockpitDialog } from './dialogs.ts'
import { RaiseForDialog } from './floor/RaiseForDialog.tsx'
import { BreakTieDialog } from './poll/BreakTieDialog.tsx'
import { CastForDialog } from './poll/CastForDialog.tsx'
import { ComposeDialog } from './poll/ComposeDialog.tsx'
import { CountHandsDialog } from './poll/CountHandsDialog.tsx'
import { CancelPollDialog, ClosePollDialog } from './poll/EndPollDialogs.tsx'
import { EnterPaperDialog } from './poll/EnterPaperDialog.tsx'
import { RecuseDialog } from './poll/RecuseDialog.tsx'
import { ShortcutSheet } from './ShortcutSheet.tsx'

export const CockpitDialogs = () => {
  const dialog = useCockpitDialog((it) => it.dialog)
  // A dialog left open must not be waiting when the cockpit is entered again.
  useEffect(() => closeDialog, [])
  return dialog === null ? null : dialogOf(dialog)
}

const dialogOf = (dialog: CockpitDialog) => {
  switch (dialog.kind) {
    case 'closeMeeting':
      return <CloseMeetingDialog />
    case 'addItem':
      return <AddItemDialog parentId={dialog.parentId} />
    case 'editItem':
      return <EditItemDialog itemId={dialog.itemId} />
    case 'removeItem':
      return <RemoveItemDialog itemId={dialog.itemId} />
    case 'excuse':
      return <ExcuseDialog seatId={dialog.seatId} />
    case 'card':
      return <CardDialog seatId={dialog.seatId} way={dialog.way} />
    case 'bindSeat':
      return <BindSeatDialog deskEntryId={dialog.deskEntryId} name={dialog.name} />
    case 'recuse':
      return <RecuseDialog itemId={dialog.itemId} seatId={dialog.seatId} />
    case 'raiseFor':
      return <RaiseForDialog />
    case 'composePoll':
      return <ComposeDialog itemId={dialog.itemId} amendmentId={dialog.amendmentId} />
    case 'proposeFor':
      return <ProposeForDialog itemId={dialog.itemId} />
    case 'adoptAmendment':
      return <AdoptAmendmentDialog amendmentId={dialog.amendmentId} pollId={dialog.pollId} />
    case 'rejectAmendment':
      return <RejectAmendmentDialog amendmentId={dialog.amendmentId} pollId={dialog.pollId} />
    case 'closePoll':
      return <ClosePollDialog pollId={dialog.pollId} />
    case 'cancelPoll':
      return <CancelPollDialog pollId={dialog.pollId} />
    case 'castFor':
      return <CastForDialog pollId={dialog.pollId} seatId={dialog.seatId} />
    case 'countHands':
      return <CountHandsDialog pollId={dialog.pollId} partyId={dialog.partyId} />
    case 'enterPaper':
      return <EnterPaperDialog pollId={dialog.pollId} partyId={dialog.partyId} />
    case 'breakTie':
      return <BreakTieDialog pollId={dialog.pollId} />
    case 'giveProxy':
      return <GiveProxyDialog fromSeatId={dialog.fromSeatId} />
    case 'substitute':
      return <SubstituteDialog seatId={dialog.seatId} />
    case 'shortcuts':
      return <ShortcutSheet />
    default:
      return unreachable(dialog)
  }
}
