// What convening a meeting asks, what is still wrong with it, and what is sent. Pure.
import type { Template } from '../../../shared/meeting/state.ts'
import { firstOfHouseholds, onePerHousehold } from '../../../shared/rules/households.ts'
import { checkQuorum, type QuorumFinding } from '../../../shared/rules/judge.ts'
import type { Preset } from '../../../shared/rules/preset.ts'
import type { HallView, MeetingAsk, Person } from '../../../shared/wire/http.ts'
import { fromField } from '../dates.ts'
import { type Agenda, askOfAgenda } from './agendaDraft.ts'

export interface Convening {
  readonly template: Template
  readonly title: string
  /** The value of the date field, in the time of Asia/Shanghai. */
  readonly startsAt: string
  readonly place: string
  readonly presetCode: string
  readonly seats: 'all' | 'chosen'
  readonly chosen: ReadonlySet<string>
  readonly agenda: Agenda
}

export type ConveneError = 'errorTitle' | 'errorTime' | 'errorNobody' | 'errorItem'

export const errorsOf = (form: Convening): ReadonlySet<ConveneError> => {
  const errors = new Set<ConveneError>()
  if (form.title.trim() === '') errors.add('errorTitle')
  if (fromField(form.startsAt) === null) errors.add('errorTime')
  if (form.seats === 'chosen' && form.chosen.size === 0) errors.add('errorNobody')
  if (form.agenda.some(({ title }) => title.trim() === '')) errors.add('errorItem')
  return errors
}

export const askOf = (form: Convening): MeetingAsk => ({
  template: form.template,
  title: form.title.trim(),
  startsAt: fromField(form.startsAt) ?? 0,
  place: form.place.trim(),
  presetCode: form.presetCode,
  ...(form.seats === 'all' ? {} : { personIds: [...form.chosen] }),
  agenda: askOfAgenda(form.agenda),
})

/** Who will have a seat, and, where each household has one, who of the others is there too many. */
export const seatedOf = (
  preset: Preset | undefined,
  { seats, chosen }: Pick<Convening, 'seats' | 'chosen'>,
  people: readonly Person[],
): { readonly seated: readonly Person[]; readonly others: readonly Person[] } => {
  const asked = seats === 'all' ? people : people.filter(({ personId }) => chosen.has(personId))
  if (preset === undefined || !onePerHousehold(preset)) return { seated: asked, others: [] }
  const { first, others } = firstOfHouseholds(asked)
  return { seated: first, others }
}

/** A seat without a household named is a household of its own. */
const householdsIn = (people: readonly Person[]): number => {
  const named = new Set(people.flatMap(({ household }) => (household === '' ? [] : [household])))
  return named.size + people.filter(({ household }) => household === '').length
}

/** What the quorum will ask for, should just these people be seated. A unit of whom nobody is, is not asked. */
export const quorumNeeded = (
  preset: Preset,
  people: readonly Person[],
  parties: HallView['parties'],
): QuorumFinding =>
  checkQuorum(preset, {
    parties: parties.flatMap(({ partyId }) => {
      const members = people.filter((person) => person.partyId === partyId)
      if (members.length === 0 && preset.quorum?.basis === 'units') return []
      return {
        partyId,
        due: members.length,
        present: 0,
        households:
          preset.weights === 'household'
            ? members.reduce((sum, { households }) => sum + households, 0)
            : householdsIn(members),
        householdsPresent: 0,
      }
    }),
  })
