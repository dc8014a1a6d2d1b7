// Convening a meeting: its kind, time and place, rule, seats and agenda, on one page.
import { useState } from 'react'
import { useLocation } from 'wouter'
import { limits } from '../../../shared/kernel/limits.ts'
import { dayAt } from '../../../shared/rules/calendar.ts'
import { presets } from '../../../shared/rules/presets.ts'
import type { HallView, RosterView } from '../../../shared/wire/http.ts'
import { Banner } from '../../kit/Banner.tsx'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Card.tsx'
import { RadioGroup } from '../../kit/RadioGroup.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { post } from '../../link/api.ts'
import { useOwnPresets } from '../../link/presets.ts'
import { useRefusal } from '../../words/refusals.ts'
import { meetingWords } from '../../words/townMeeting.ts'
import { useWords } from '../../words/words.ts'
import { paths } from '../calls.ts'
import { fieldOf, fromField, soon } from '../dates.ts'
import { goToFirstInvalid } from '../firstInvalid.ts'
import { LoadedView, useLoaded } from '../loaded.tsx'
import town from '../Town.module.css'
import { AgendaEditor } from './AgendaEditor.tsx'
import styles from './Convene.module.css'
import { askOf, type ConveneError, type Convening, errorsOf } from './convening.ts'
import { RuleCard } from './RuleCard.tsx'
import { SeatsCard } from './SeatsCard.tsx'
import { agendaOf, hintKeyOf, presetOf, templates, titleOf } from './templates.ts'

export const ConvenePage = () => {
  const [hall, againHall] = useLoaded<HallView>(paths.hall)
  const [roster, againRoster] = useLoaded<RosterView>(paths.roster)
  return (
    <LoadedView loaded={hall} again={againHall}>
      {({ parties }) => (
        <LoadedView loaded={roster} again={againRoster}>
          {({ people }) => <Form parties={parties} people={people} />}
        </LoadedView>
      )}
    </LoadedView>
  )
}

interface FormProps {
  parties: HallView['parties']
  people: RosterView['people']
}

/** Title, rule and agenda follow the kind of meeting until somebody changes them by hand. */
const useConvening = () => {
  const word = useWords(meetingWords)
  const [startsAtFirst] = useState(() => fieldOf(soon(Date.now())))
  const [own, setOwn] = useState<Partial<Convening>>({})
  const template = own.template ?? 'tripartiteCouncil'
  const startsAt = own.startsAt ?? startsAtFirst
  const usual = {
    template,
    title: titleOf(template, fromField(startsAt) ?? Date.now(), word),
    startsAt,
    place: '',
    presetCode: presetOf(template),
    seats: 'all' as const,
    chosen: new Set<string>(),
    agenda: agendaOf(template, word).map((item, index) => ({
      ...item,
      key: `${template}${index}`,
      depth: 0 as const,
    })),
  }
  const form: Convening = { ...usual, ...own }
  return { form, change: (part: Partial<Convening>) => setOwn((before) => ({ ...before, ...part })) }
}

const Form = ({ parties, people }: FormProps) => {
  const word = useWords(meetingWords)
  const refusalWord = useRefusal()
  const [, go] = useLocation()
  const { form, change } = useConvening()
  const own = useOwnPresets(dayAt(fromField(form.startsAt) ?? Date.now()))
  const offered = [...own, ...presets]
  const [isTried, setTried] = useState(false)
  const [pending, setPending] = useState<'page' | 'cockpit' | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const errors = errorsOf(form)
  const errorAt = (error: ConveneError) => (isTried && errors.has(error) ? word(error) : null)

  const convene = async (then: 'page' | 'cockpit') => {
    setTried(true)
    setTrouble(null)
    if (errors.size > 0) {
      goToFirstInvalid()
      return
    }
    setPending(then)
    const made = await post<{ meetingId: string }>(paths.meetings, askOf(form))
    setPending(null)
    if (!made.ok) return setTrouble(refusalWord(made.refusal))
    toast(word('convened'), { tone: 'good' })
    const { meetingId } = made.value
    go(then === 'page' ? `/hall/meetings/${meetingId}` : `/cockpit/${meetingId}`)
  }

  return (
    <>
      <h1 className={town.title}>{word('title')}</h1>
      <Basics form={form} change={change} errorAt={errorAt} />
      <RuleCard
        presetCode={form.presetCode}
        offered={offered}
        startsAt={fromField(form.startsAt)}
        onChange={(presetCode) => change({ presetCode })}
      />
      <SeatsCard
        form={form}
        offered={offered}
        change={change}
        people={people}
        parties={parties}
        error={errorAt('errorNobody')}
      />
      <AgendaEditor agenda={form.agenda} onChange={(agenda) => change({ agenda })} showsErrors={isTried} />
      <div className={`${town.stack} ${styles.foot}`}>
        {trouble === null ? null : <Banner tone="warn">{trouble}</Banner>}
        {isTried && errors.size > 0 ? <Banner tone="warn">{word('needsAttention')}</Banner> : null}
        <div className={town.actions}>
          <Button
            onPress={() => void convene('cockpit')}
            isPending={pending === 'cockpit'}
            isDisabled={pending === 'page'}
          >
            {word('conveneAndOpen')}
          </Button>
          <Button
            kind="primary"
            onPress={() => void convene('page')}
            isPending={pending === 'page'}
            isDisabled={pending === 'cockpit'}
          >
            {word('convene')}
          </Button>
        </div>
      </div>
    </>
  )
}

interface BasicsProps {
  form: Convening
  change: (part: Partial<Convening>) => void
  errorAt: (error: ConveneError) => string | null
}

const Basics = ({ form, change, errorAt }: BasicsProps) => {
  const word = useWords(meetingWords)
  return (
    <Card title={word('basics')}>
      <RadioGroup
        label={word('template')}
        value={form.template}
        onChange={(id) => {
          const template = templates.find((each) => each === id)
          // the rule goes with the kind; what was written by hand stays
          if (template !== undefined) change({ template, presetCode: presetOf(template) })
        }}
        options={templates.map((id) => ({ id, label: word(id), description: word(hintKeyOf(id)) }))}
      />
      <TextField
        label={word('meetingTitle')}
        value={form.title}
        onChange={(title) => change({ title })}
        error={errorAt('errorTitle')}
        charsMax={limits.titleCharsMax}
        isRequired
      />
      <div className={town.columns}>
        <TextField
          label={word('startsAt')}
          type="datetime-local"
          description={word('startsAtHint')}
          value={form.startsAt}
          onChange={(startsAt) => change({ startsAt })}
          error={errorAt('errorTime')}
          isRequired
        />
        <TextField
          label={word('place')}
          description={word('placeHint')}
          value={form.place}
          onChange={(place) => change({ place })}
          charsMax={limits.placeCharsMax}
        />
      </div>
    </Card>
  )
}
