// Which question is open over the cockpit. One at a time; panels, menus and shortcuts open them through here.
import { create } from 'zustand'

export type CockpitDialog =
  | { readonly kind: 'closeMeeting' }
  | { readonly kind: 'addItem'; readonly parentId: string | null }
  | { readonly kind: 'editItem'; readonly itemId: string }
  | { readonly kind: 'removeItem'; readonly itemId: string }
  | { readonly kind: 'excuse'; readonly seatId: string }
  | { readonly kind: 'card'; readonly seatId: string; readonly way: 'reissue' | 'move' }
  | { readonly kind: 'bindSeat'; readonly deskEntryId: string; readonly name: string }
  | { readonly kind: 'recuse'; readonly itemId: string; readonly seatId: string | null }
  | { readonly kind: 'raiseFor' }
  | { readonly kind: 'composePoll'; readonly itemId: string; readonly amendmentId?: string }
  | { readonly kind: 'proposeFor'; readonly itemId: string }
  | { readonly kind: 'adoptAmendment'; readonly amendmentId: string; readonly pollId: string | null }
  | { readonly kind: 'rejectAmendment'; readonly amendmentId: string; readonly pollId: string | null }
  | { readonly kind: 'closePoll'; readonly pollId: string }
  | { readonly kind: 'cancelPoll'; readonly pollId: string }
  | { readonly kind: 'castFor'; readonly pollId: string; readonly seatId: string }
  | { readonly kind: 'countHands'; readonly pollId: string; readonly partyId: string }
  | { readonly kind: 'enterPaper'; readonly pollId: string; readonly partyId: string | null }
  | { readonly kind: 'breakTie'; readonly pollId: string }
  | { readonly kind: 'giveProxy'; readonly fromSeatId: string | null }
  | { readonly kind: 'substitute'; readonly seatId: string }
  | { readonly kind: 'shortcuts' }

export const useCockpitDialog = create<{ readonly dialog: CockpitDialog | null }>(() => ({ dialog: null }))

export const openDialog = (dialog: CockpitDialog): void => useCockpitDialog.setState({ dialog })

export const closeDialog = (): void => useCockpitDialog.setState({ dialog: null })
