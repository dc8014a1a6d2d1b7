// What each kind of meeting starts from: its usual rule, its title and a sensible agenda.
import type { Template } from '../../../shared/meeting/state.ts'
import type { meetingWords } from '../../words/townMeeting.ts'
import { partsOf } from '../dates.ts'

export type MeetingWordKey = keyof typeof meetingWords.zh
type Word = (key: MeetingWordKey, params?: Readonly<Record<string, string | number>>) => string

interface Start {
  readonly presetCode: string
  readonly titleKey: MeetingWordKey
  readonly hintKey: MeetingWordKey
  readonly agenda: readonly { readonly titleKey: MeetingWordKey; readonly minutes: number }[]
}

export const templates: readonly Template[] = ['tripartiteCouncil', 'representatives', 'free']

const starts: Readonly<Record<Template, Start>> = {
  tripartiteCouncil: {
    presetCode: 'tripartite',
    titleKey: 'titleTripartite',
    hintKey: 'tripartiteCouncilHint',
    agenda: [
      { titleKey: 'itemReview', minutes: 10 },
      { titleKey: 'itemPropose', minutes: 10 },
      { titleKey: 'itemMatter', minutes: 30 },
      { titleKey: 'itemAssign', minutes: 10 },
      { titleKey: 'itemSummary', minutes: 5 },
    ],
  },
  representatives: {
    presetCode: 'repAssembly',
    titleKey: 'titleRepresentatives',
    hintKey: 'representativesHint',
    agenda: [
      { titleKey: 'itemCountIn', minutes: 5 },
      { titleKey: 'itemReport', minutes: 15 },
      { titleKey: 'itemDecide', minutes: 30 },
      { titleKey: 'itemRead', minutes: 5 },
    ],
  },
  free: {
    presetCode: 'simple',
    titleKey: 'titleFree',
    hintKey: 'freeHint',
    agenda: [{ titleKey: 'itemFree', minutes: 30 }],
  },
}

export const presetOf = (template: Template): string => starts[template].presetCode
export const hintKeyOf = (template: Template): MeetingWordKey => starts[template].hintKey

export const titleOf = (template: Template, at: number, word: Word): string =>
  word(starts[template].titleKey, { ...partsOf(at) })

export const agendaOf = (template: Template, word: Word): { title: string; minutes: number }[] =>
  starts[template].agenda.map(({ titleKey, minutes }) => ({ title: word(titleKey), minutes }))
