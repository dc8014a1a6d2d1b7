// The head of the meeting: its title, what it is on, whether this device is connected, and the settings.
import { useState } from 'react'
import { agendaTree } from '../../shared/views/agendaTree.ts'
import { partyName } from '../../shared/views/polls.ts'
import { Button } from '../kit/Button.tsx'
import { Confirm } from '../kit/Confirm.tsx'
import { classes } from '../kit/classes.ts'
import { Dialog } from '../kit/Dialog.tsx'
import { LanguageSwitch } from '../kit/LanguageSwitch.tsx'
import { ModeSwitch } from '../kit/ModeSwitch.tsx'
import { PartyMark } from '../kit/PartyMark.tsx'
import { toast } from '../kit/Toasts.tsx'
import { useMeeting } from '../link/meeting.ts'
import { participantWords } from '../words/participant.ts'
import { pick, useLanguage, useWords } from '../words/words.ts'
import styles from './MeetingFrame.module.css'
import type { Room } from './MeetingFrame.tsx'
import { useOrder } from './useOrder.ts'

export const MeetingHeader = ({ state, me }: Room) => {
  const word = useWords(participantWords)
  const [isSettings, setSettings] = useState(false)
  const numbered = agendaTree(state).flatMap((branch) => [branch, ...branch.children])
  const current = numbered.find(({ item }) => item.itemId === state.currentItemId)
  return (
    <>
      <header className={styles.head} data-page-head="">
        <h1 className={styles.title}>{state.title}</h1>
        <div className={styles.headEnd}>
          <Pulse />
          <Button kind="quiet" label={word('settings')} onPress={() => setSettings(true)}>
            <svg viewBox="0 0 24 24" width="1.4em" height="1.4em" aria-hidden="true">
              <path
                d="M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5"
                fill="none"
                stroke="currentColor"
                strokeWidth="2"
                strokeLinecap="round"
              />
            </svg>
          </Button>
        </div>
        <p className={styles.item}>
          {current === undefined ? (
            word('noItem')
          ) : (
            <>
              <span className={styles.itemNumber}>{current.number}</span> {current.item.title}
            </>
          )}
        </p>
      </header>
      <Settings state={state} me={me} isOpen={isSettings} onClose={() => setSettings(false)} />
    </>
  )
}

/** Connected, sending, or not: by mark and word. */
const Pulse = () => {
  const word = useWords(participantWords)
  const status = useMeeting((it) => it.status)
  const isSending = useMeeting((it) => it.pending > 0)
  const kind = status !== 'live' ? 'off' : isSending ? 'sending' : 'on'
  const said = kind === 'off' ? 'offline' : kind === 'sending' ? 'sending' : 'connected'
  return (
    <span className={classes(styles.pulse, styles[kind])} role="status">
      <span className={styles.pulseDot} aria-hidden="true" />
      {word(said)}
    </span>
  )
}

const Settings = ({ state, me, isOpen, onClose }: Room & { isOpen: boolean; onClose: () => void }) => {
  const word = useWords(participantWords)
  const [language] = useLanguage()
  const [isLeaving, setLeaving] = useState(false)
  const { order, isPending } = useOrder()
  const seat = me.seatId === null ? undefined : state.seats[me.seatId]
  const isPresent = me.seatId !== null && state.attendance[me.seatId]?.status === 'present'
  const party = seat === undefined ? null : seat.partyId
  const leave = async () => {
    if (!(await order({ type: 'leave' }))) return
    setLeaving(false)
    onClose()
    toast(word('left'), { tone: 'good' })
  }
  return (
    <>
      <Dialog title={word('settings')} isOpen={isOpen && !isLeaving} onClose={onClose}>
        <section className={styles.seat}>
          <h3 className={styles.seatLabel}>{word('mySeat')}</h3>
          <p className={styles.seatName}>
            <b>{me.name}</b>{' '}
            {seat === undefined ? (
              word('staffView')
            ) : (
              <PartyMark
                index={state.parties.findIndex((one) => one.partyId === party)}
                name={pick(partyName(state, party), language)}
              />
            )}
          </p>
        </section>
        <ModeSwitch />
        <div className={styles.settingRow}>
          <span>{word('language')}</span>
          <LanguageSwitch />
        </div>
        {isPresent && state.phase !== 'closed' ? (
          <Button kind="danger" onPress={() => setLeaving(true)}>
            {word('leave')}
          </Button>
        ) : null}
      </Dialog>
      <Confirm
        title={word('leave')}
        body={word('leaveHint')}
        confirmLabel={word('leaveConfirm')}
        danger
        isOpen={isLeaving}
        isPending={isPending}
        onConfirm={() => void leave()}
        onClose={() => setLeaving(false)}
      />
    </>
  )
}
