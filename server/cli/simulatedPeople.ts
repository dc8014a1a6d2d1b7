// People for the demonstration: they come in by the same doors as everybody, raise hands, speak and vote.
import { io, type Socket } from 'socket.io-client'
import type { Command } from '../../shared/meeting/commands.ts'
import { evolve } from '../../shared/meeting/meeting.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { openPoll } from '../../shared/views/polls.ts'
import { type ClientToServer, protocolVersion, type ServerToClient } from '../../shared/wire/live.ts'
import type { Seeded } from './seedMeeting.ts'

/** How often each person considers doing something. */
const ponderEveryMs = 2_000
const joinAtOnce = 10
const waitingHandsMax = 4
const wantsToSpeak = 0.02
const isDoneSpeaking = 0.15
const votesNow = 0.35
const isFor = 0.7
const isAgainst = 0.9

interface Person {
  readonly seatId: string
  readonly socket: Socket<ServerToClient, ClientToServer>
  state: MeetingState
  seq: number
  readonly votedIn: Set<string>
}

const sessionOf = async (baseUrl: string, token: string): Promise<string> => {
  const answer = await fetch(`${baseUrl}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (!cookie) throw new Error(`a simulated person was not let in: ${answer.status}`)
  return cookie
}

const comeIn = async (seeded: Seeded, seatId: string, token: string): Promise<Person> => {
  const cookie = await sessionOf(seeded.baseUrl, token)
  const socket: Person['socket'] = io(seeded.baseUrl, {
    transports: ['websocket'],
    extraHeaders: { cookie },
    forceNew: true,
  })
  const { meetingId } = seeded
  const join = async () => {
    const welcome = await socket.emitWithAck('join', { meetingId, protocol: protocolVersion })
    if (!welcome.ok) throw new Error(`a simulated person was not welcomed: ${welcome.refusal.code}`)
    return welcome.value
  }
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  const { state, seq } = await join()
  const person: Person = { seatId, socket, state, seq, votedIn: new Set() }
  socket.on('frame', ({ events }) => {
    for (const event of events) {
      if (event.seq !== person.seq + 1) continue
      person.state = evolve(person.state, event)
      person.seq = event.seq
    }
  })
  socket.on(
    'connect',
    () => void join().then((again) => Object.assign(person, { state: again.state, seq: again.seq })),
  )
  return person
}

/** What a person feels like doing now, if anything. `chance` gives numbers from 0 to 1. */
const whim = ({ seatId, state, votedIn }: Person, chance: () => number): Command | null => {
  const poll = openPoll(state)
  if (poll && !votedIn.has(poll.pollId) && poll.electors.some((elector) => elector.seatId === seatId)) {
    if (chance() > votesNow || poll.method.kind !== 'yesNo') return null
    votedIn.add(poll.pollId)
    const mind = chance()
    const choice = mind < isFor ? 'yes' : mind < isAgainst ? 'no' : 'abstain'
    return { type: 'castBallot', pollId: poll.pollId, choice: { choice } }
  }
  if (state.phase !== 'inSession') return null
  if (state.floor.speech?.seatId === seatId) return chance() < isDoneSpeaking ? { type: 'endSpeech' } : null
  const isWaiting = state.floor.hands.some((hand) => hand.seatId === seatId)
  if (isWaiting || state.floor.hands.length >= waitingHandsMax || chance() > wantsToSpeak) return null
  return { type: 'raiseHand', kind: 'speak' }
}

/** Everybody but `spare` seats, which are left for real people to try. Resolves when all are in. */
export const simulatePeople = async (seeded: Seeded, spare: number): Promise<{ stop: () => void }> => {
  const people: Person[] = []
  const expected = seeded.seats.slice(spare)
  for (let i = 0; i < expected.length; i += joinAtOnce) {
    const some = expected.slice(i, i + joinAtOnce)
    people.push(...(await Promise.all(some.map(({ seatId, token }) => comeIn(seeded, seatId, token)))))
  }
  let orders = 0
  const timers = people.map((person) =>
    setInterval(
      () => {
        const command = whim(person, Math.random)
        if (!command || !person.socket.connected) return
        orders += 1
        const ask = {
          meetingId: seeded.meetingId,
          commandId: `simulated-${person.seatId}-${orders}`,
          command,
        }
        person.socket.emit('command', ask, () => {})
      },
      ponderEveryMs + Math.floor(Math.random() * ponderEveryMs),
    ),
  )
  return {
    stop: () => {
      for (const timer of timers) clearInterval(timer)
      for (const { socket } of people) socket.disconnect()
    },
  }
}
