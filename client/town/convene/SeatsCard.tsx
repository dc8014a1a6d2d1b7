// Who is seated: everybody of the roster or those chosen, with counts by party and what a quorum will need.
import type { Preset } from '../../../shared/rules/preset.ts'
import type { HallView, Person } from '../../../shared/wire/http.ts'
import { Banner } from '../../kit/Banner.tsx'
import { Card } from '../../kit/Card.tsx'
import { PartyMark } from '../../kit/PartyMark.tsx'
import { RadioGroup } from '../../kit/RadioGroup.tsx'
import { townWords } from '../../words/town.ts'
import { meetingWords } from '../../words/townMeeting.ts'
import { rosterWords } from '../../words/townRoster.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { LinkButton } from '../LinkButton.tsx'
import { countByParty } from '../roster/people.ts'
import town from '../Town.module.css'
import styles from './Convene.module.css'
import { type Convening, quorumNeeded, seatedOf } from './convening.ts'
import { PeoplePicker } from './PeoplePicker.tsx'

interface SeatsCardProps {
  form: Convening
  offered: readonly Preset[]
  change: (part: Partial<Convening>) => void
  people: readonly Person[]
  parties: HallView['parties']
  error: string | null
}

export const SeatsCard = ({ form, offered, change, people, parties, error }: SeatsCardProps) => {
  const preset = offered.find(({ code }) => code === form.presetCode)
  const word = useWords(meetingWords)
  const townWord = useWords(townWords)
  const { seated, others } = seatedOf(preset, form, people)
  const [twice] = form.seats === 'chosen' ? others : []
  return (
    <Card title={word('seats')}>
      {people.length === 0 ? (
        <Banner tone="warn" action={<LinkButton to="/hall/roster">{townWord('toRoster')}</LinkButton>}>
          {word('rosterEmpty')}
        </Banner>
      ) : (
        <>
          <RadioGroup
            label={word('seats')}
            hidesLabel
            value={form.seats}
            onChange={(id) => change({ seats: id === 'chosen' ? 'chosen' : 'all' })}
            options={[
              { id: 'all', label: word('seatsAll') },
              { id: 'chosen', label: word('seatsChosen') },
            ]}
          />
          {error === null ? null : <Banner tone="warn">{error}</Banner>}
          {form.seats === 'chosen' ? (
            <PeoplePicker
              people={people}
              parties={parties}
              chosen={form.chosen}
              onChange={(chosen) => change({ chosen })}
            />
          ) : null}
          {twice === undefined ? null : (
            <Banner tone="warn">{word('householdTwice', { household: twice.household })}</Banner>
          )}
          {form.seats === 'all' && others.length > 0 ? (
            <p className={town.soft}>{word('householdOthers', { count: others.length })}</p>
          ) : null}
          <Figures preset={preset} seated={seated} parties={parties} />
        </>
      )}
    </Card>
  )
}

interface FiguresProps {
  preset: Preset | undefined
  seated: readonly Person[]
  parties: HallView['parties']
}

const Figures = ({ preset, seated, parties }: FiguresProps) => {
  const word = useWords(meetingWords)
  const rosterWord = useWords(rosterWords)
  const [language] = useLanguage()
  const counts = countByParty(seated)
  const need = preset === undefined ? null : quorumNeeded(preset, seated, parties)
  return (
    <div className={town.tight}>
      <div className={styles.parties}>
        <strong className={town.figure}>{word('seatsCount', { count: seated.length })}</strong>
        {parties.map(({ partyId, name }, index) => (
          <PartyMark
            key={partyId}
            index={index}
            name={rosterWord('partyCount', { name: pick(name, language), count: counts.get(partyId) ?? 0 })}
          />
        ))}
      </div>
      {need === null ? null : need.basis === 'none' ? (
        <p className={town.soft}>{word('quorumNone')}</p>
      ) : (
        <p className={`${town.soft} ${town.figure}`}>
          {word(need.basis === 'households' ? 'quorumNeedHouseholds' : 'quorumNeed', { need: need.need })}
          {need.parties.length === 0 ? '' : language === 'zh' ? '：' : ' — '}
          {need.parties
            .map((party) => {
              const name = parties.find(({ partyId }) => partyId === party.partyId)?.name
              const said = name === undefined ? party.partyId : pick(name, language)
              return word('quorumNeedParty', { name: said, need: party.need })
            })
            .join(language === 'zh' ? '，' : ', ')}
        </p>
      )}
    </div>
  )
}
