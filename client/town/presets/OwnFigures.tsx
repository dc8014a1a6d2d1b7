// Figures that a reader puts in, judged at once under the rule that stands beside them.
import type { Preset } from '../../../shared/rules/preset.ts'
import { judgeFigures, namesOf } from '../../../shared/rules/workedExamples.ts'
import { Banner } from '../../kit/Banner.tsx'
import { Card } from '../../kit/Card.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { presetWords } from '../../words/townPresets.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import town from '../Town.module.css'
import { OutcomeBadge } from './OutcomeBadge.tsx'
import styles from './presets.module.css'
import { type Examples, triedFigures } from './useExamples.ts'

interface OwnFiguresProps {
  preset: Preset
  shown: Examples
}

export const OwnFigures = ({ preset, shown }: OwnFiguresProps) => {
  const word = useWords(presetWords)
  const [language] = useLanguage()
  const { groups, typed, type } = shown
  return (
    <Card title={word('ownFigures')}>
      <p className={town.small}>{word('ownFiguresLead')}</p>
      {groups.map(({ partyId, name, due, households }) => (
        <fieldset key={partyId} className={styles.group}>
          <legend>
            {groups.length === 1 ? '' : `${pick(name, language)} · `}
            {word('due')} {Number.isSafeInteger(due) ? due : '—'}
          </legend>
          <div className={styles.figures}>
            {triedFigures.map((key) => (
              <TextField
                key={key}
                label={word(key)}
                inputMode="numeric"
                value={typed(partyId, key)}
                onChange={(text) => type(partyId, key, text)}
              />
            ))}
            {households === undefined ? null : (
              <TextField
                label={word('householdsPresent')}
                inputMode="numeric"
                value={typed(partyId, 'householdsPresent')}
                onChange={(text) => type(partyId, 'householdsPresent', text)}
              />
            )}
          </div>
        </fieldset>
      ))}
      <Judged preset={preset} shown={shown} />
    </Card>
  )
}

const Judged = ({ preset, shown: { groups, tried } }: OwnFiguresProps) => {
  const word = useWords(presetWords)
  const [language] = useLanguage()
  const judged = judgeFigures(preset, tried, namesOf(groups))
  if ('verdict' in judged) {
    return (
      <div className={styles.ownWhy} aria-live="polite" data-own-verdict={judged.verdict.outcome}>
        <OutcomeBadge verdict={judged.verdict} />
        <p>{pick(judged.verdict.why, language)}</p>
      </div>
    )
  }
  const fault = word(`fault_${judged.fault}`)
  const name = groups.find(({ partyId }) => partyId === judged.partyId)?.name
  return (
    <Banner tone="warn">
      {groups.length === 1 || name === undefined
        ? fault
        : word('faultAt', { name: pick(name, language), fault })}
    </Banner>
  )
}
