// Worked examples of a rule: figures on both sides of each line, what they come to and why, and figures of one's own.
import { Fragment } from 'react'
import type { Preset } from '../../../shared/rules/preset.ts'
import { sumVotes, type Votes } from '../../../shared/rules/tally.ts'
import type { ExampleGroup, WorkedExample } from '../../../shared/rules/workedExamples.ts'
import { Banner } from '../../kit/Banner.tsx'
import { Card } from '../../kit/Card.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { presetWords } from '../../words/townPresets.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import town from '../Town.module.css'
import { factIn } from './facts.ts'
import { OutcomeBadge } from './OutcomeBadge.tsx'
import { OwnFigures } from './OwnFigures.tsx'
import styles from './presets.module.css'
import type { Examples } from './useExamples.ts'

interface ExamplesCardProps {
  /** `null` while it contradicts itself */
  preset: Preset | null
  shown: Examples
  isEdited: boolean
}

export const ExamplesCard = ({ preset, shown, isEdited }: ExamplesCardProps) => {
  const word = useWords(presetWords)
  return (
    <>
      <Card title={word('examples')}>
        {preset === null ? (
          <Banner tone="info">{word('examplesOff')}</Banner>
        ) : (
          <>
            {isEdited ? <InWords preset={preset} /> : null}
            <p className={town.small}>{word(isEdited ? 'examplesLead' : 'examplesRead')}</p>
            {countsHouseholds(preset) ? <p className={town.small}>{word('asHouseholds')}</p> : null}
            <Dues shown={shown} />
            {shown.examples.length === 0 ? (
              <Banner tone="info">{word('examplesNone')}</Banner>
            ) : (
              <Table shown={shown} />
            )}
          </>
        )}
      </Card>
      {preset === null ? null : <OwnFigures preset={preset} shown={shown} />}
    </>
  )
}

/** What is being edited, as the rule would say it. */
const InWords = ({ preset }: { preset: Preset }) => {
  const word = useWords(presetWords)
  const [language] = useLanguage()
  return (
    <dl className={styles.facts}>
      {(['quorum', 'pass'] as const).map((key) => (
        <Fragment key={key}>
          <dt>{word(key)}</dt>
          <dd>{factIn(preset, key, word, language)}</dd>
        </Fragment>
      ))}
    </dl>
  )
}

const countsHouseholds = ({ quorum, weights }: Preset): boolean =>
  quorum?.basis === 'households' || weights === 'household'

const Dues = ({ shown: { groups, typed, type } }: { shown: Examples }) => {
  const word = useWords(presetWords)
  const [language] = useLanguage()
  return (
    <div className={styles.dues}>
      {groups.map(({ partyId, name }) => (
        <TextField
          key={partyId}
          label={groups.length === 1 ? word('due') : word('dueOf', { name: pick(name, language) })}
          description={groups.length === 1 ? word('dueHint') : undefined}
          inputMode="numeric"
          value={typed(partyId, 'due')}
          onChange={(text) => type(partyId, 'due', text)}
        />
      ))}
      {groups.map(({ partyId, households }) =>
        households === undefined ? null : (
          <TextField
            key={partyId}
            label={word('households')}
            inputMode="numeric"
            value={typed(partyId, 'households')}
            onChange={(text) => type(partyId, 'households', text)}
          />
        ),
      )}
    </div>
  )
}

const Table = ({ shown: { groups, examples } }: { shown: Examples }) => {
  const word = useWords(presetWords)
  return (
    <table className={styles.examples}>
      <thead>
        <tr>
          <td />
          <th scope="col">{word('due')}</th>
          <th scope="col">{word('present')}</th>
          <th scope="col">{word('yes')}</th>
          <th scope="col">{word('no')}</th>
          <th scope="col">{word('abstain')}</th>
        </tr>
      </thead>
      {examples.map((example) => (
        <Example key={example.kind} example={example} groups={groups} />
      ))}
    </table>
  )
}

const Example = ({ example, groups }: { example: WorkedExample; groups: readonly ExampleGroup[] }) => {
  const word = useWords(presetWords)
  const [language] = useLanguage()
  const { kind, tally, verdict } = example
  const isHouseholds = kind === 'householdsShort' || kind === 'householdsMet'
  return (
    <tbody data-example={kind} data-outcome={verdict.outcome}>
      <tr>
        <th scope="rowgroup" colSpan={6} className={styles.head}>
          <span className={styles.headLine}>
            {word(`ex_${kind}`)}
            <OutcomeBadge verdict={verdict} />
          </span>
        </th>
      </tr>
      {tally.parties.map((party, index) => (
        <Line
          key={party.partyId}
          name={pick(groups[index]?.name ?? { zh: '', en: '' }, language)}
          figures={figuresIn(example, party)}
        />
      ))}
      {isHouseholds
        ? tally.parties.map(({ partyId, households = 0, householdsPresent = 0 }) => (
            <Line key={partyId} name={word('households')} figures={[households, householdsPresent]} none="" />
          ))
        : null}
      {tally.parties.length === 1 ? null : <Total example={example} />}
      <tr>
        <td colSpan={6} className={styles.why}>
          {pick(verdict.why, language)}
        </td>
      </tr>
    </tbody>
  )
}

const Total = ({ example }: { example: WorkedExample }) => {
  const word = useWords(presetWords)
  return <Line name={word('total')} figures={figuresIn(example, sumVotes(example.tally.parties))} />
}

/** Without a quorum nobody votes. */
const figuresIn = ({ verdict }: WorkedExample, { due, present, yes, no, abstain }: Votes): number[] =>
  verdict.outcome === 'noQuorum' ? [due, present] : [due, present, yes, no, abstain]

const columns = ['due', 'present', 'yes', 'no', 'abstain'] as const

interface LineProps {
  name: string
  figures: readonly number[]
  /** What stands where there is no figure. */
  none?: string
}

const Line = ({ name, figures, none = '—' }: LineProps) => (
  <tr>
    <th scope="row" className={styles.groupName}>
      {name}
    </th>
    {columns.map((column, index) => (
      <td key={column}>{figures[index] ?? none}</td>
    ))}
  </tr>
)
