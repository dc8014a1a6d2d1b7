// Whom an id stands for, as the meeting has it: name, party by shape and colour, and the hall's own hand.
import { useCallback } from 'react'
import { useMeeting } from '../../link/meeting.ts'
import { draftVersionWords } from '../../words/draftVersions.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'

export interface Actor {
  readonly actorId: string
  readonly name: string
  /** The party's place in the meeting's list; -1 for whoever belongs to none. */
  readonly partyIndex: number
  readonly partyName: string
}

export type ActorOf = (actorId: string) => Actor

/** @param told names that came with what is shown, for accounts of the staff and pages outside of a meeting */
export const useActors = (told: Readonly<Record<string, string>>): ActorOf => {
  const say = useWords(draftVersionWords)
  const [language] = useLanguage()
  const names = useMeeting((it) => it.names)
  const seats = useMeeting((it) => it.state?.seats)
  const parties = useMeeting((it) => it.state?.parties)
  return useCallback(
    (actorId) => {
      const partyId = seats?.[actorId]?.partyId
      const partyIndex = parties?.findIndex((party) => party.partyId === partyId) ?? -1
      const party = parties?.[partyIndex]
      const known = names[actorId]?.name ?? told[actorId]
      const isSeat = actorId.startsWith('st_')
      const unnamed = say(actorId === 'hall' ? 'byHall' : isSeat ? 'byUnknown' : 'byStaff')
      return {
        actorId,
        name: known === undefined || known === '' ? unnamed : known,
        partyIndex,
        partyName: party === undefined ? '' : pick(party.name, language),
      }
    },
    [names, told, seats, parties, say, language],
  )
}
