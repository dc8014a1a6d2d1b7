// What can be done for a seat at this moment, as the items of its menu.
import type { Channel } from '../../../shared/meeting/commands.ts'
import { papersWords } from '../../words/facilitatorPapers.ts'
import { roomWords } from '../../words/facilitatorRoom.ts'
import { useWords } from '../../words/words.ts'
import { useMay, useMeetingParts } from '../cockpit.ts'
import { openDialog } from '../dialogs.ts'
import { useSpeechSeconds } from '../speechSeconds.ts'
import { offerUndo, useOrder } from '../useOrder.ts'
import type { SeatRow } from './seatRows.ts'

interface Action {
  readonly id: string
  readonly label: string
  readonly onAction: () => void
}

const channels = ['device', 'clerk', 'paper'] as const satisfies readonly Channel[]

const onlyIf = (condition: boolean, action: Action): Action[] => (condition ? [action] : [])

export const useSeatActions = (row: SeatRow): Action[] => {
  const attendanceActions = useAttendanceActions(row)
  const floorActions = useFloorActions(row)
  const cardActions = useCardActions(row)
  return [...attendanceActions, ...floorActions, ...cardActions]
}

const useAttendanceActions = (row: SeatRow): Action[] => {
  const { phase } = useMeetingParts('phase')
  const word = useWords(roomWords)
  const { order } = useOrder()
  const { seatId, name, channel } = row
  const papersWord = useWords(papersWords)
  const isHere = row.status === 'present'
  const leave = async () => {
    if (!(await order({ type: 'leave', seatId }))) return
    offerUndo(word('left', { name }), { type: 'checkIn', seatId, channel })
  }
  const setChannel = async (other: Channel) => {
    if (!(await order({ type: 'setChannel', seatId, channel: other }))) return
    offerUndo(word('channelSet', { name, channel: word(`channel_${other}`) }), {
      type: 'setChannel',
      seatId,
      channel,
    })
  }
  if (phase === 'closed') return []
  return [
    ...channels.flatMap((other) =>
      onlyIf(isHere && !row.isObserver && other !== channel, {
        id: `channel_${other}`,
        label: papersWord(`to_${other}`),
        onAction: () => void setChannel(other),
      }),
    ),
    ...onlyIf(!row.isObserver && row.household !== '', {
      id: 'substitute',
      label: papersWord('substitute'),
      onAction: () => openDialog({ kind: 'substitute', seatId }),
    }),
    ...onlyIf(!isHere && !row.isObserver, {
      id: 'giveProxy',
      label: papersWord('proxyGive'),
      onAction: () => openDialog({ kind: 'giveProxy', fromSeatId: seatId }),
    }),
    ...onlyIf(isHere, { id: 'leave', label: word('leave'), onAction: () => void leave() }),
    ...onlyIf(!isHere && !row.isObserver && row.status !== 'excused', {
      id: 'excuse',
      label: word('excuse'),
      onAction: () => openDialog({ kind: 'excuse', seatId }),
    }),
  ]
}

const useFloorActions = (row: SeatRow): Action[] => {
  const { seatId } = row
  const { phase, currentItemId } = useMeetingParts('phase', 'currentItemId')
  const may = useMay()
  const word = useWords(roomWords)
  const seconds = useSpeechSeconds((it) => it.seconds)
  const { order } = useOrder()
  const isHere = row.status === 'present' && phase === 'inSession'
  return [
    ...onlyIf(isHere && !row.isRaised, {
      id: 'raise',
      label: word('raiseHand'),
      onAction: () => void order({ type: 'raiseHand', seatId, kind: 'speak' }),
    }),
    ...onlyIf(isHere && may('giveFloor') && !row.isSpeaking, {
      id: 'floor',
      label: word('giveFloor'),
      onAction: () => void order({ type: 'giveFloor', seatId, seconds }),
    }),
    ...onlyIf(
      currentItemId !== null && !row.isRecused && !row.isObserver && may('recuse') && phase !== 'closed',
      {
        id: 'recuse',
        label: word('recuse'),
        onAction: () => {
          if (currentItemId !== null) openDialog({ kind: 'recuse', itemId: currentItemId, seatId })
        },
      },
    ),
  ]
}

const useCardActions = ({ seatId }: SeatRow): Action[] => {
  const { phase } = useMeetingParts('phase')
  const word = useWords(roomWords)
  if (phase === 'closed') return []
  return [
    {
      id: 'card',
      label: word('reissue'),
      onAction: () => openDialog({ kind: 'card', seatId, way: 'reissue' }),
    },
    {
      id: 'move',
      label: word('moveDevice'),
      onAction: () => openDialog({ kind: 'card', seatId, way: 'move' }),
    },
  ]
}
