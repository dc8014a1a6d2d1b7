// What the big screen is asked to show.
import { type Deciders, decided, type Evolvers, refused } from './deciding.ts'

export const stageDeciders: Deciders<'setScene' | 'showResult'> = {
  setScene: (state, { scene }) => {
    if (scene === state.stage.scene) return decided()
    if (scene === 'result' && state.stage.shownPollId === null) return refused('pollUnknown')
    return decided({ type: 'sceneSet', scene })
  },
  showResult: (state, { pollId }) => {
    const poll = state.polls[pollId]
    if (!poll) return refused('pollUnknown')
    if (poll.status !== 'closed') return refused('pollStillOpen')
    return decided({ type: 'resultShown', pollId })
  },
}

export const stageEvolvers: Evolvers<'sceneSet' | 'resultShown'> = {
  sceneSet: (state, { scene }, { at }) => ({ ...state, stage: { ...state.stage, scene, since: at } }),
  resultShown: (state, { pollId }, { at }) => ({
    ...state,
    stage: { scene: null, since: at, shownPollId: pollId, showsResult: true },
  }),
}
