// The phase of a meeting in a word.
import type { Phase } from '../../shared/meeting/state.ts'
import { Badge, type BadgeTone } from '../kit/Badge.tsx'
import { townWords } from '../words/town.ts'
import { useWords } from '../words/words.ts'

type PhaseKey = `${'phase' | 'next'}${Capitalize<Phase>}`

const phases: Readonly<Record<Phase, { word: PhaseKey; next: PhaseKey; tone: BadgeTone }>> = {
  convened: { word: 'phaseConvened', next: 'nextConvened', tone: 'plain' },
  gathering: { word: 'phaseGathering', next: 'nextGathering', tone: 'live' },
  inSession: { word: 'phaseInSession', next: 'nextInSession', tone: 'live' },
  recess: { word: 'phaseRecess', next: 'nextRecess', tone: 'warn' },
  closed: { word: 'phaseClosed', next: 'nextClosed', tone: 'good' },
}

export const isPhase = (phase: string): phase is Phase => Object.hasOwn(phases, phase)

export const nextStepKey = (phase: Phase): PhaseKey => phases[phase].next

export const PhaseBadge = ({ phase }: { phase: Phase }) => {
  const word = useWords(townWords)
  return <Badge tone={phases[phase].tone}>{word(phases[phase].word)}</Badge>
}
