// The open poll: turnout by party with counted hands, and everyone who has not voted, by how they can be reached.
import { isWeighedPoll } from '../../../shared/meeting/pollOptions.ts'
import type { Poll } from '../../../shared/meeting/state.ts'
import { passWords } from '../../../shared/views/ruleWords.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { runningBase } from '../../kit/result/baseWords.ts'
import { pollRows } from '../../kit/stage/pollRows.ts'
import { TallyBars } from '../../kit/TallyBars.tsx'
import { useMeeting } from '../../link/meeting.ts'
import { composeWords } from '../../words/facilitatorCompose.ts'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { PolledAmendment } from '../amendments/AboutAmendment.tsx'
import { partyIndexOf, useMay, useMeetingParts, usePartyName } from '../cockpit.ts'
import { openDialog } from '../dialogs.ts'
import { BundledNotice } from './BundledNotice.tsx'
import { Covers } from './Covers.tsx'
import { NotVoted } from './NotVoted.tsx'
import { PaperBoxes } from './PaperBoxes.tsx'
import styles from './poll.module.css'
import { handsMax, handsOf, type Missing, papersOf } from './turnout.ts'
import { useMissing } from './useMissing.ts'

export const OpenPollCard = ({ poll }: { poll: Poll }) => {
  const word = useWords(pollWords)
  const composeWord = useWords(composeWords)
  const may = useMay()
  const [language] = useLanguage()
  const missing = useMissing(poll)
  return (
    <section className={styles.open}>
      <header className={styles.head}>
        <div>
          <Badge tone="live">{word('voting')}</Badge>
          <h2 className={styles.question}>{poll.question}</h2>
          <p className={styles.rule}>
            {composeWord(poll.secrecy)} · {word(`method_${poll.method.kind}`)} ·{' '}
            {pick(poll.preset.name, language)} · {pick(passWords(poll.preset), language)}
          </p>
        </div>
        {may('cancelPoll') ? (
          <Button kind="quiet" onPress={() => openDialog({ kind: 'cancelPoll', pollId: poll.pollId })}>
            {word('cancelPoll')}
          </Button>
        ) : null}
      </header>
      <PolledAmendment poll={poll} />
      <BundledNotice question={poll.question} options={poll.options.map(({ label }) => label)} />
      <Covers poll={poll} />
      <Turnout poll={poll} missing={missing} />
      <PaperBoxes poll={poll} />
      <LiveFigures poll={poll} />
      <NotVoted poll={poll} missing={missing} />
    </section>
  )
}

/** Only where the poll shows its figures live; otherwise nobody sees them before the end, the facilitator neither. */
const LiveFigures = ({ poll }: { poll: Poll }) => {
  const [language] = useLanguage()
  const tally = useMeeting((it) => it.tally)
  if (tally?.byOption == null) return null
  const base = runningBase(poll, tally.castWeight, language)
  return (
    <TallyBars
      rows={pollRows(poll, tally.byOption, language)}
      base={base.count}
      baseLabel={base.label}
      size="phone"
    />
  )
}

const Turnout = ({ poll, missing }: { poll: Poll; missing: readonly Missing[] }) => {
  const state = useMeetingParts('parties')
  const word = useWords(pollWords)
  const partyName = usePartyName()
  const tally = useMeeting((it) => it.tally)
  const isWeighed = isWeighedPoll(poll)
  const takesHands = (poll.method.kind === 'yesNo' || poll.method.kind === 'chooseOne') && !isWeighed
  return (
    <div className={styles.turnout}>
      {state.parties.map(({ partyId }) => {
        const electors = poll.electors.filter((one) => one.partyId === partyId).length
        if (electors === 0) return null
        const hands = handsOf(tally, partyId)
        const papers = papersOf(tally, partyId)
        const waiting = missing.filter((one) => one.partyId === partyId).length
        const cast = electors - waiting + hands + papers
        const countable = takesHands ? handsMax(missing, partyId) : 0
        return (
          <div key={partyId} className={styles.party}>
            <PartyMark index={partyIndexOf(state, partyId)} name={partyName(partyId)} />
            <span className={styles.track} aria-hidden="true">
              <span style={{ width: `${(cast / electors) * 100}%` }} />
            </span>
            <span className={styles.figure}>
              {word('castOf', { cast, electors })}
              {hands === 0 ? '' : ` · ${word('handsCounted', { count: hands })}`}
              {papers === 0 ? '' : ` · ${word('papersCounted', { count: papers })}`}
            </span>
            <span className={styles.partyKeys}>
              {countable === 0 ? null : (
                <Button onPress={() => openDialog({ kind: 'countHands', pollId: poll.pollId, partyId })}>
                  {word('countHands')}
                </Button>
              )}
            </span>
          </div>
        )
      })}
    </div>
  )
}
