// Which role may give which order. Orders of participants are about their own seat; the slices check that.
import type { Role } from '../wire/live.ts'
import type { CommandType } from './commands.ts'

const leading: readonly Role[] = ['secretary', 'facilitator']
const staff: readonly Role[] = ['secretary', 'facilitator', 'clerk']
const seated: readonly Role[] = [...staff, 'participant']
const anySeat: readonly Role[] = [...seated, 'observer']

const mayGive: Readonly<Record<CommandType, readonly Role[]>> = {
  openDoors: leading,
  openMeeting: leading,
  recessMeeting: leading,
  resumeMeeting: leading,
  closeMeeting: leading,
  reviseMeeting: leading,
  addAgendaItem: leading,
  reviseAgendaItem: leading,
  moveAgendaItem: leading,
  removeAgendaItem: leading,
  moveAgendaTo: leading,
  checkIn: anySeat,
  leave: anySeat,
  excuse: staff,
  setChannel: staff,
  giveProxy: staff,
  endProxy: staff,
  substitute: staff,
  admitObserver: staff,
  recuse: seated,
  liftRecusal: leading,
  raiseHand: anySeat,
  lowerHand: anySeat,
  lowerAllHands: leading,
  arrangeQueue: leading,
  giveFloor: leading,
  extendSpeech: leading,
  endSpeech: anySeat,
  proposeAmendment: seated,
  rebaseAmendment: seated,
  withdrawAmendment: seated,
  adoptAmendment: leading,
  rejectAmendment: leading,
  openPoll: leading,
  closePoll: leading,
  cancelPoll: leading,
  breakTie: leading,
  showResult: leading,
  castBallot: anySeat,
  countHands: staff,
  enterPaper: staff,
  discardPaper: staff,
  setScene: leading,
}

export const mayOrder = (role: Role, type: CommandType): boolean => mayGive[type].includes(role)
