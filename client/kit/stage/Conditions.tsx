// What the rule asked of the votes, overall and of each party, and whether they met it.
import type { Poll } from '../../../shared/meeting/state.ts'
import { partyName } from '../../../shared/views/polls.ts'
import { screenWords } from '../../words/screen.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { PartyMark } from '../PartyMark.tsx'
import own from './Conditions.module.css'
import { partyIndex } from './seatWords.ts'
import type { StageProps } from './stageProps.ts'

type Condition = NonNullable<NonNullable<Poll['result']>['conditions']>[number]

export const Conditions = ({
  state,
  conditions,
}: {
  state: StageProps['state']
  conditions: readonly Condition[]
}) => {
  const word = useWords(screenWords)
  const [language] = useLanguage()
  return (
    <ul className={own.conditions}>
      {conditions.map((condition) => (
        <li key={condition.scope} className={own.condition} data-missed={!condition.met || undefined}>
          <span className={own.who}>
            {condition.scope === 'overall' ? (
              word('overall')
            ) : (
              <PartyMark
                index={partyIndex(state, condition.scope)}
                name={pick(partyName(state, condition.scope), language)}
              />
            )}
          </span>
          <span className={own.figures}>
            <b className={own.have}>
              {condition.have} {condition.met ? '✓' : '✗'}
            </b>
            <span className={own.need}>{word('needs', { count: condition.need })}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}
