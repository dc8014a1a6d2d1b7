// The fields of a rule that say how votes are given and weighed, and what comes before a meeting.
import { Card } from '../../kit/Card.tsx'
import { Switch } from '../../kit/Switch.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { presetEditorWords } from '../../words/townPresetEditor.ts'
import { presetWords } from '../../words/townPresets.ts'
import { useWords } from '../../words/words.ts'
import town from '../Town.module.css'
import { Choice, type Editing, Field } from './FormParts.tsx'

const weights = ['one', 'household', 'seat'] as const
const recusals = ['staysInDenominator', 'leavesDenominator'] as const
const ties = ['fails', 'chair', 'lot'] as const

export const VotingFields = ({ editing }: { editing: Editing }) => {
  const word = useWords(presetEditorWords)
  const factWord = useWords(presetWords)
  const { form, change, edited } = editing
  return (
    <>
      <Card title={word('voting')}>
        <Field editing={editing} fact="recordOnly" fields={['recordOnly']}>
          {edited.recordOnly ? <p className={town.soft}>{factWord('recordOnlyYes')}</p> : null}
        </Field>
        <Field editing={editing} fact="weights" fields={['weights']}>
          <Choice
            label={factWord('weights')}
            value={form.weights}
            options={weights.map((id) => ({ id, label: factWord(`weights_${id}`) }))}
            onChange={(id) => change({ weights: id })}
          />
        </Field>
        <Field editing={editing} fact="recusal" fields={['recusal']}>
          <Choice
            label={factWord('recusal')}
            value={form.recusal}
            options={recusals.map((id) => ({ id, label: factWord(`recusal_${id}`) }))}
            onChange={(recusal) => change({ recusal })}
          />
        </Field>
        <Field editing={editing} fact="ties" fields={['ties']}>
          <Choice
            label={factWord('ties')}
            value={form.ties}
            options={ties.map((id) => ({ id, label: factWord(`ties_${id}`) }))}
            onChange={(id) => change({ ties: id })}
          />
        </Field>
        <ProxyFields editing={editing} />
        <Field editing={editing} fact="ballotChange" fields={['ballotChange']}>
          <Switch isSelected={form.ballotChange} onChange={(ballotChange) => change({ ballotChange })}>
            {word('allowChange')}
          </Switch>
        </Field>
        <Field editing={editing} fact="onlineAttendance" fields={['onlineAttendance']}>
          <Switch
            isSelected={form.onlineAttendance}
            onChange={(onlineAttendance) => change({ onlineAttendance })}
          >
            {word('allowOnline')}
          </Switch>
        </Field>
      </Card>
      <Card title={word('ahead')}>
        <div className={town.columns}>
          {(['noticeDays', 'papersDays'] as const).map((key) => (
            <Field key={key} editing={editing} fact={key} fields={[key]}>
              <TextField
                label={factWord(key)}
                description={word('days')}
                inputMode="numeric"
                value={form[key]}
                onChange={(text) => change({ [key]: text })}
              />
            </Field>
          ))}
        </div>
      </Card>
    </>
  )
}

const ProxyFields = ({ editing }: { editing: Editing }) => {
  const word = useWords(presetEditorWords)
  const { form, change } = editing
  return (
    <Field
      editing={editing}
      fact="proxies"
      fields={['proxies', 'proxies.sameHousehold', 'proxies.perHolderMax']}
    >
      <Switch isSelected={form.hasProxies} onChange={(hasProxies) => change({ hasProxies })}>
        {word('allowProxies')}
      </Switch>
      {form.hasProxies ? (
        <>
          <Switch isSelected={form.sameHousehold} onChange={(sameHousehold) => change({ sameHousehold })}>
            {word('sameHousehold')}
          </Switch>
          <TextField
            label={word('perHolderMax')}
            description={word('perHolderMaxHint')}
            inputMode="numeric"
            value={form.perHolderMax}
            onChange={(perHolderMax) => change({ perHolderMax })}
          />
        </>
      ) : null}
    </Field>
  )
}
