// The fields of a rule: its name and who decided on it, attendance, majority, voting, and what comes before a meeting.
import type { HallView } from '../../../shared/wire/http.ts'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Card.tsx'
import { Switch } from '../../kit/Switch.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { presetEditorWords } from '../../words/townPresetEditor.ts'
import { presetWords } from '../../words/townPresets.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import town from '../Town.module.css'
import { type FractionForm, half } from './editing.ts'
import { Choice, type Editing, Field, FractionField } from './FormParts.tsx'
import styles from './presets.module.css'
import { VotingFields } from './VotingFields.tsx'

interface RuleFormProps extends Editing {
  hallParties: HallView['parties']
}

export const RuleForm = ({ hallParties, ...editing }: RuleFormProps) => (
  <div className={styles.fields}>
    <DecisionFields editing={editing} />
    <QuorumFields editing={editing} />
    <PassFields editing={editing} />
    <PartiesField editing={editing} hallParties={hallParties} />
    <VotingFields editing={editing} />
  </div>
)

interface FieldsProps {
  editing: Editing
}

const DecisionFields = ({ editing }: FieldsProps) => {
  const word = useWords(presetEditorWords)
  const factWord = useWords(presetWords)
  const [language] = useLanguage()
  const { form, change, faults, isTried } = editing
  const missingAt = (field: string): string | null => {
    const words = faults.missing.get(field)
    return isTried && words !== undefined ? pick(words, language) : null
  }
  return (
    <Card title={word('decision')}>
      <Field editing={editing} fields={['copy.title', 'copy.of', 'name', 'code', 'version']}>
        <TextField
          label={word('titleZh')}
          description={word('titleZhHint')}
          value={form.titleZh}
          onChange={(titleZh) => change({ titleZh })}
          error={missingAt('copy.title')}
          charsMax={60}
          isRequired
        />
      </Field>
      <TextField
        label={word('titleEn')}
        value={form.titleEn}
        onChange={(titleEn) => change({ titleEn })}
        charsMax={120}
      />
      <TextField
        label={word('decidedBy')}
        description={word('decidedByHint')}
        value={form.decidedBy}
        onChange={(decidedBy) => change({ decidedBy })}
        error={missingAt('copy.decidedBy')}
        charsMax={60}
        isRequired
      />
      <div className={town.columns}>
        <Field editing={editing} fields={['copy.decidedOn']}>
          <TextField
            label={word('decidedOn')}
            type="date"
            value={form.decidedOn}
            onChange={(decidedOn) => change({ decidedOn })}
          />
        </Field>
        <Field editing={editing} fields={['effectiveFrom']}>
          <TextField
            label={factWord('effectiveFrom')}
            type="date"
            value={form.effectiveFrom}
            onChange={(effectiveFrom) => change({ effectiveFrom })}
          />
        </Field>
      </div>
    </Card>
  )
}

const bases = ['none', 'roster', 'households', 'rosterOrHouseholds', 'units'] as const

const QuorumFields = ({ editing }: FieldsProps) => {
  const word = useWords(presetEditorWords)
  const factWord = useWords(presetWords)
  const { form, change } = editing
  const isShare = form.basis !== 'none' && form.basis !== 'units'
  return (
    <Card title={factWord('quorum')}>
      <Field editing={editing} fact="quorum">
        <Field editing={editing} fields={isShare ? ['quorum.basis'] : ['quorum.basis', 'quorum']}>
          <Choice
            label={word('basis')}
            value={form.basis}
            options={bases.map((id) => ({ id, label: word(`basis_${id}`) }))}
            onChange={(basis) => change({ basis })}
          />
        </Field>
        {isShare ? (
          <>
            <Field editing={editing} fields={['quorum']}>
              <FractionField
                legend={word('quorumShare')}
                value={form.quorum}
                onChange={(quorum) => change({ quorum })}
              />
            </Field>
            <PartyShare
              editing={editing}
              field="quorum.perParty"
              label={word('quorumPerParty')}
              legend={word('quorumPartyShare')}
              value={form.quorumPerParty}
              onChange={(quorumPerParty) => change({ quorumPerParty })}
            />
          </>
        ) : null}
      </Field>
    </Card>
  )
}

const forms = ['share', 'moreYesThanNo', 'everyUnit'] as const
const shareBases = ['present', 'roster', 'cast', 'household'] as const

const PassFields = ({ editing }: FieldsProps) => {
  const word = useWords(presetEditorWords)
  const factWord = useWords(presetWords)
  const { form, change } = editing
  return (
    <Card title={factWord('pass')}>
      <Field editing={editing} fact="pass">
        <Field editing={editing} fields={['pass.form']}>
          <Choice
            label={word('form')}
            value={form.form}
            options={forms.map((id) => ({ id, label: word(`form_${id}`) }))}
            onChange={(id) => change({ form: id })}
            description={form.form === 'everyUnit' ? word('unitsHint') : undefined}
          />
        </Field>
        {form.form === 'moreYesThanNo' ? null : (
          <>
            <Field editing={editing} fields={['pass.of']}>
              <Choice
                label={word('of')}
                value={form.of}
                options={shareBases.map((id) => ({ id, label: word(`of_${id}`) }))}
                onChange={(of) => change({ of })}
              />
            </Field>
            <Field editing={editing} fields={['pass', 'pass.fallback']}>
              <FractionField
                legend={word('passShare')}
                value={form.pass}
                onChange={(pass) => change({ pass })}
              />
            </Field>
          </>
        )}
        {form.form === 'share' ? (
          <PartyShare
            editing={editing}
            field="pass.perParty"
            label={word('passPerParty')}
            legend={word('passPartyShare')}
            value={form.passPerParty}
            onChange={(passPerParty) => change({ passPerParty })}
          />
        ) : null}
      </Field>
    </Card>
  )
}

interface PartyShareProps extends FieldsProps {
  field: string
  label: string
  legend: string
  value: FractionForm | null
  onChange: (value: FractionForm | null) => void
}

/** What is asked of each party too, where anything is. */
const PartyShare = ({ editing, field, label, legend, value, onChange }: PartyShareProps) => (
  <Field editing={editing} fields={[field]}>
    <Switch isSelected={value !== null} onChange={(isOn) => onChange(isOn ? half : null)}>
      {label}
    </Switch>
    {value === null ? null : <FractionField legend={legend} value={value} onChange={onChange} />}
  </Field>
)

/** Only where the rule asks something of each party, or names them already. */
const PartiesField = ({ editing, hallParties }: FieldsProps & Pick<RuleFormProps, 'hallParties'>) => {
  const word = useWords(presetEditorWords)
  const factWord = useWords(presetWords)
  const [language] = useLanguage()
  const { form, change } = editing
  if (form.parties.length === 0 && form.quorumPerParty === null && form.passPerParty === null) return null
  const names = form.parties.map(({ name }) => pick(name, language)).join(language === 'zh' ? '、' : ', ')
  const take = () =>
    change({
      parties: hallParties.map(({ partyId, name }) => ({
        key: partyId,
        name: { zh: name.zh, en: name.en === '' ? name.zh : name.en },
        aliases: [],
      })),
    })
  return (
    <Card title={factWord('parties')} actions={<Button onPress={take}>{word('partiesTake')}</Button>}>
      <Field editing={editing} fact="parties" fields={['parties']}>
        <p>{names === '' ? word('partiesNone') : word('partiesNow', { names })}</p>
      </Field>
    </Card>
  )
}
