// What else a poll is opened with: how it is held, the block of items it decides, and the rules of units.

import type { AgendaItem, MeetingState } from '../../../shared/meeting/state.ts'
import type { Preset } from '../../../shared/rules/preset.ts'
import { currentItem } from '../../../shared/views/agendaTree.ts'
import { pollsOfItem } from '../../../shared/views/polls.ts'
import { Checkbox } from '../../kit/Checkbox.tsx'
import { RadioGroup } from '../../kit/RadioGroup.tsx'
import { Select } from '../../kit/Select.tsx'
import { composeWords } from '../../words/facilitatorCompose.ts'
import { pollWords } from '../../words/facilitatorPoll.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { useMeetingState, usePartyName } from '../cockpit.ts'
import { type Composition, isSecretUnder } from './composition.ts'
import type { OpeningView } from './opening.ts'
import styles from './poll.module.css'

interface MoreProps {
  composition: Composition
  onChange: (change: Partial<Composition>) => void
}

/** By name or in secret; and in a named poll, what is shown while it runs and whether a ballot may be changed. */
export const HeldHow = ({ composition, opening, onChange }: MoreProps & { opening: OpeningView }) => {
  const word = useWords(pollWords)
  const composeWord = useWords(composeWords)
  const { preset } = composition
  const isSecret = isSecretUnder(composition)
  return (
    <>
      <RadioGroup
        label={composeWord('secrecy')}
        value={isSecret ? 'secret' : 'named'}
        onChange={(id) => onChange({ isSecret: id === 'secret' })}
        options={[
          {
            id: 'named',
            label: composeWord('named'),
            description: composeWord(preset.recordOnly ? 'namedRecordOnly' : 'namedHint'),
            isDisabled: preset.recordOnly,
          },
          {
            id: 'secret',
            label: composeWord('secret'),
            description: composeWord(opening.isWeighed ? 'secretWeighed' : 'secretHint'),
            isDisabled: opening.isWeighed,
          },
        ]}
      />
      {isSecret ? null : (
        <RadioGroup
          label={word('show')}
          value={composition.show}
          onChange={(id) => onChange({ show: id === 'live' ? 'live' : 'hidden' })}
          options={(['hidden', 'live'] as const).map((id) => ({
            id,
            label: word(`show_${id}`),
            description: word(`show_${id}Hint`),
          }))}
        />
      )}
      {isSecret ? null : preset.ballotChange ? (
        <Checkbox isSelected={composition.changeable} onChange={(changeable) => onChange({ changeable })}>
          {word('changeable')}
        </Checkbox>
      ) : (
        <p className={styles.note}>{word('changeableNo')}</p>
      )}
    </>
  )
}

/** Items that may be decided in one go with this one: still to be voted on, and no headings over others. */
export const blockItems = (state: MeetingState, itemId: string): readonly AgendaItem[] =>
  state.agenda.filter(
    (item) =>
      item.itemId !== itemId &&
      item.status !== 'done' &&
      !state.agenda.some((other) => other.parentId === item.itemId) &&
      pollsOfItem(state, item.itemId).every(({ status }) => status === 'cancelled'),
  )

/** A block: all further items at once, and the excepted ones taken out of it. */
export const Block = ({ itemId, composition, onChange }: MoreProps & { itemId: string }) => {
  const state = useMeetingState()
  const word = useWords(composeWords)
  const items = blockItems(state, itemId)
  const { covers } = composition
  if (items.length === 0) return null
  return (
    <fieldset className={styles.several}>
      <Checkbox
        isSelected={covers.length > 0}
        isPartial={covers.length > 0 && covers.length < items.length}
        onChange={(isBlock) => onChange({ covers: isBlock ? items.map((item) => item.itemId) : [] })}
      >
        {word('block')}
      </Checkbox>
      {covers.length === 0 ? null : (
        <div className={styles.block}>
          <p className={styles.note}>{word('blockHint')}</p>
          {items.map((item) => (
            <Checkbox
              key={item.itemId}
              isSelected={covers.includes(item.itemId)}
              onChange={(isIn) =>
                onChange({
                  covers: items
                    .map((one) => one.itemId)
                    .filter((id) => (id === item.itemId ? isIn : covers.includes(id))),
                })
              }
            >
              {item.title}
              {item === currentItem(state) ? ` (${word('current')})` : ''}
            </Checkbox>
          ))}
        </div>
      )}
    </fieldset>
  )
}

const byDefault = 'byDefault'

/** Between units each concurs by a rule of its own, where it names one. */
export const UnitRules = ({ composition, offered, onChange }: MoreProps & { offered: readonly Preset[] }) => {
  const { parties } = useMeetingState()
  const word = useWords(composeWords)
  const [language] = useLanguage()
  const partyName = usePartyName()
  const { preset, unitPresets } = composition
  if (preset.pass.form !== 'everyUnit') return null
  const own = offered.filter(({ pass, recordOnly }) => pass.form !== 'everyUnit' && !recordOnly)
  const choose = (partyId: string, code: string) => {
    const { [partyId]: _, ...others } = unitPresets
    const chosen = own.find((one) => one.code === code)
    onChange({ unitPresets: chosen === undefined ? others : { ...others, [partyId]: chosen } })
  }
  return (
    <fieldset className={styles.several}>
      <legend className={styles.note}>{word('unitRules')}</legend>
      {parties.map(({ partyId }) => (
        <Select
          key={partyId}
          label={partyName(partyId)}
          value={unitPresets[partyId]?.code ?? byDefault}
          onChange={(code) => choose(partyId, code)}
          options={[
            { id: byDefault, label: word('unitByDefault') },
            ...own.map((one) => ({ id: one.code, label: pick(one.name, language) })),
          ]}
        />
      ))}
    </fieldset>
  )
}
