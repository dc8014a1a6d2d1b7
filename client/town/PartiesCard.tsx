// The parties of the council in the first visit: renamed, added or removed.
import { useRef } from 'react'
import { limits } from '../../shared/kernel/limits.ts'
import { Button } from '../kit/Button.tsx'
import { Card } from '../kit/Card.tsx'
import { PartyMark } from '../kit/PartyMark.tsx'
import { TextField } from '../kit/TextField.tsx'
import { townWords } from '../words/town.ts'
import { useWords } from '../words/words.ts'
import { mayAddParty, mayRemoveParty, type PartyLine, type SetupField, type SetupForm } from './setupForm.ts'
import styles from './Town.module.css'

interface PartiesCardProps {
  form: SetupForm
  onChange: (parties: readonly PartyLine[]) => void
  errorAt: (field: SetupField) => string | null
}

export const PartiesCard = ({ form, onChange, errorAt }: PartiesCardProps) => {
  const word = useWords(townWords)
  const added = useRef(0)
  const { parties } = form
  const change = (key: string, part: Partial<PartyLine>) =>
    onChange(parties.map((party) => (party.key === key ? { ...party, ...part } : party)))
  const add = () => {
    added.current += 1
    onChange([...parties, { key: `added${added.current}`, zh: '', en: '' }])
  }
  return (
    <Card title={word('setupParties')}>
      <p className={styles.soft}>{word('setupPartiesHint')}</p>
      {parties.map((party, index) => {
        const name = party.zh.trim() === '' ? word('partyUnnamed') : party.zh
        return (
          <div key={party.key} className={styles.partyLine}>
            <TextField
              label={word('partyZh', { n: index + 1 })}
              value={party.zh}
              onChange={(zh) => change(party.key, { zh })}
              error={errorAt(`party:${party.key}`)}
              charsMax={limits.nameCharsMax}
              isRequired
            />
            <TextField
              label={word('partyEn')}
              value={party.en}
              onChange={(en) => change(party.key, { en })}
              charsMax={limits.nameCharsMax}
            />
            <div className={styles.row}>
              <PartyMark index={index} name={name} hidesName />
              <Button
                kind="quiet"
                label={word('removeParty', { name })}
                isDisabled={!mayRemoveParty(form)}
                onPress={() => onChange(parties.filter(({ key }) => key !== party.key))}
              >
                {word('remove')}
              </Button>
            </div>
          </div>
        )
      })}
      <div className={styles.row}>
        <Button onPress={add} isDisabled={!mayAddParty(form)}>
          {word('addParty')}
        </Button>
      </div>
    </Card>
  )
}
