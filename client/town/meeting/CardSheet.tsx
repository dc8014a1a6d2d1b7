// Seat cards as they will be printed: two columns of five on A4, with lines to cut along. The codes exist only here:
// the hall keeps their hashes, so what is not printed has to be made again.
import { useEffect, useMemo, useState } from 'react'
import type { MeetingState } from '../../../shared/meeting/state.ts'
import { Banner } from '../../kit/Banner.tsx'
import { Button } from '../../kit/Button.tsx'
import { Confirm } from '../../kit/Confirm.tsx'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { QrCode } from '../../kit/QrCode.tsx'
import { meetingWords } from '../../words/townMeeting.ts'
import { useWords, wordIn } from '../../words/words.ts'
import { dateTimeIn } from '../dates.ts'
import town from '../Town.module.css'
import { usePrinting } from '../usePrinting.ts'
import styles from './CardSheet.module.css'
import { cardPages } from './cardPages.ts'
import type { Cards } from './MeetingPage.tsx'

interface CardSheetProps {
  cards: Cards
  state: MeetingState
  hallName: string
  onDone: () => void
}

/** The browser asks before the tab is closed with codes that are shown nowhere else. */
const useUnloadGuard = () =>
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])

export const CardSheet = ({ cards, state, hallName, onDone }: CardSheetProps) => {
  const word = useWords(meetingWords)
  const [isLeaving, setLeaving] = useState(false)
  const pages = useMemo(() => cardPages(cards, state.parties), [cards, state.parties])
  useUnloadGuard()
  usePrinting()
  useEffect(() => {
    window.scrollTo(0, 0)
  }, [])
  return (
    <>
      <div className={`${town.head} ${town.noPrint}`}>
        <div className={town.headText}>
          <h1 className={town.title}>{word('sheetTitle', { count: cards.length, pages: pages.length })}</h1>
        </div>
        <div className={town.row}>
          <Button onPress={() => setLeaving(true)}>{word('sheetDone')}</Button>
          <Button kind="primary" onPress={() => window.print()}>
            {word('sheetPrint')}
          </Button>
        </div>
      </div>
      <div className={town.noPrint}>
        <Banner tone="warn">{word('sheetWarn')}</Banner>
      </div>
      <div className={styles.desk}>
        {pages.map((page, index) => (
          <section key={index} className={styles.page}>
            {page.map((card) => (
              <SeatCard key={card.seatId} card={card} state={state} hallName={hallName} />
            ))}
          </section>
        ))}
      </div>
      <Confirm
        title={word('sheetLeaveTitle')}
        body={word('sheetLeaveBody')}
        confirmLabel={word('sheetDone')}
        isOpen={isLeaving}
        onClose={() => setLeaving(false)}
        onConfirm={onDone}
      />
    </>
  )
}

/** A card speaks both languages at once: nobody knows who will hold it. */
const SeatCard = ({
  card,
  state,
  hallName,
}: {
  card: Cards[number]
  state: MeetingState
  hallName: string
}) => {
  const index = state.parties.findIndex(({ partyId }) => partyId === card.partyId)
  const party = state.parties[index]?.name ?? {
    zh: wordIn(meetingWords, 'zh', 'observer'),
    en: wordIn(meetingWords, 'en', 'observer'),
  }
  const both = party.en === '' ? party.zh : `${party.zh} ${party.en}`
  return (
    <article className={styles.card}>
      <div className={styles.code}>
        <QrCode text={card.url} label={card.name} />
      </div>
      <div className={styles.text}>
        <p className={styles.hall}>{hallName}</p>
        <p
          className={styles.name}
          data-long={card.name.length > 6 || undefined}
          data-longer={card.name.length > 22 || undefined}
        >
          {card.name}
        </p>
        <p className={styles.party}>
          <PartyMark index={index} name={both} />
          {card.household === '' ? null : <span className={styles.household}>{card.household}</span>}
        </p>
        <p className={styles.meeting}>{state.title}</p>
        <p className={styles.when}>{dateTimeIn('zh', state.startsAt)}</p>
        {state.place === '' ? null : <p className={styles.when}>{state.place}</p>}
        <p className={styles.how}>
          <strong>{wordIn(meetingWords, 'zh', 'scanToSit')}</strong>
          <br />
          {wordIn(meetingWords, 'zh', 'scanOnce')}
          <br />
          <span lang="en">{`${wordIn(meetingWords, 'en', 'scanToSit')} · ${wordIn(meetingWords, 'en', 'scanOnce')}`}</span>
        </p>
      </div>
    </article>
  )
}
