// Owns the receipts kept on this device, so that they can be compared with the record after a reload. The choice is
// not among them: a phone is often shared.
import { useEffect, useState } from 'react'
import { useMeeting } from '../link/meeting.ts'

export interface KeptReceipt {
  readonly receipt: string
  readonly castAt: number
}

/** pollId → receipt; of a seat whose proxy is held, `pollId seatId` → receipt. */
export type KeptReceipts = Readonly<Record<string, KeptReceipt>>

const nameOf = (pollId: string, ballotOf: string, seatId: string): string =>
  ballotOf === seatId ? pollId : `${pollId} ${ballotOf}`

/** @param seatId the own seat, on whose device the receipts are kept */
export const keptReceipt = (
  kept: KeptReceipts,
  pollId: string,
  ballotOf: string,
  seatId: string,
): string | undefined => kept[nameOf(pollId, ballotOf, seatId)]?.receipt

const keyOf = (meetingId: string, seatId: string): string => `yishiting.receipts.${meetingId}.${seatId}`

const isReceipt = (it: unknown): it is KeptReceipt =>
  typeof it === 'object' && it !== null && 'receipt' in it && typeof it.receipt === 'string' && 'castAt' in it

const read = (key: string): KeptReceipts => {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(key) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    return Object.fromEntries(Object.entries(kept).filter(([, it]) => isReceipt(it)))
  } catch {
    return {}
  }
}

const write = (key: string, receipts: KeptReceipts): void => {
  try {
    window.localStorage.setItem(key, JSON.stringify(receipts))
  } catch {
    // Storage is forbidden here: the receipts last as long as the page.
  }
}

export const useKeptReceipts = (): KeptReceipts => {
  const meetingId = useMeeting((it) => it.meetingId)
  const seatId = useMeeting((it) => it.me?.seatId ?? null)
  const myBallots = useMeeting((it) => it.myBallots)
  const [receipts, setReceipts] = useState<KeptReceipts>({})
  useEffect(() => {
    if (meetingId === null || seatId === null) return
    const key = keyOf(meetingId, seatId)
    const news = myBallots.map(
      (it) => [nameOf(it.pollId, it.seatId, seatId), { receipt: it.receipt, castAt: it.castAt }] as const,
    )
    const all = { ...read(key), ...Object.fromEntries(news) }
    if (news.length > 0) write(key, all)
    setReceipts(all)
  }, [meetingId, seatId, myBallots])
  return receipts
}
