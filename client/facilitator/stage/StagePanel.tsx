// The big screen: what it shows now, another scene looked at before it is sent, and the screens themselves.
import { lazy, type ReactNode, Suspense, useDeferredValue, useState } from 'react'
import type { Scene } from '../../../shared/meeting/commands.ts'
import { sceneOf } from '../../../shared/views/sceneOf.ts'
import type { DoorView } from '../../../shared/wire/http.ts'
import { Button } from '../../kit/Button.tsx'
import { ScreenPicture } from '../../kit/stage/ScreenPicture.tsx'
import { useMeeting } from '../../link/meeting.ts'
import { roomWords } from '../../words/facilitatorRoom.ts'
import { useWords } from '../../words/words.ts'
import { useMay, useMeetingState } from '../cockpit.ts'
import { useAsked } from '../useAsked.ts'
import { useOrder } from '../useOrder.ts'
import { ScreensCard } from './ScreensCard.tsx'
import styles from './stage.module.css'

const DraftMirror = lazy(() =>
  import('../../editor/DraftMirror.tsx').then((mirror) => ({ default: mirror.DraftMirror })),
)

const scenes: readonly Scene[] = ['welcome', 'agenda', 'text', 'speaker', 'poll', 'result']

const drawText = (draftId: string): ReactNode => (
  <Suspense fallback={null}>
    <DraftMirror draftId={draftId} size="preview" />
  </Suspense>
)

export const StagePanel = () => {
  const [looked, look] = useState<Scene | null>(null)
  return (
    <div className={styles.panel} data-panel="stage">
      <Picture looked={looked} />
      <SceneChoice looked={looked} onLook={look} />
      <ScreensCard />
    </div>
  )
}

const Picture = ({ looked }: { looked: Scene | null }) => {
  // The preview may lag behind a burst of news; the rest of the cockpit may not.
  const state = useDeferredValue(useMeetingState())
  const word = useWords(roomWords)
  const names = useMeeting((it) => it.names)
  const tally = useMeeting((it) => it.tally)
  const serverNow = useMeeting((it) => it.serverNow)
  const door = useAsked<DoorView>(`/api/meetings/${state.meetingId}/door`)
  const scene = looked ?? sceneOf(state)
  const sceneWord = word(`scene_${scene}`)
  return (
    <figure className={styles.picture} data-preview={looked !== null || undefined}>
      <div className={styles.frame} aria-hidden="true" inert>
        <ScreenPicture
          state={state}
          names={names}
          tally={tally}
          now={serverNow}
          doorUrl={door.value?.url ?? null}
          roomCode={door.value?.roomCode ?? null}
          drawText={drawText}
          scene={scene}
          isStill
        />
      </div>
      <figcaption className={styles.caption}>
        {looked === null ? word('onScreen', { scene: sceneWord }) : word('previewOf', { scene: sceneWord })}
      </figcaption>
    </figure>
  )
}

const SceneChoice = ({ looked, onLook }: { looked: Scene | null; onLook: (scene: Scene | null) => void }) => {
  const state = useMeetingState()
  const may = useMay()
  const word = useWords(roomWords)
  const { order, pending } = useOrder()
  const shown = sceneOf(state)
  const { scene: byHand } = state.stage
  const show = async (scene: Scene | null) => {
    if (await order({ type: 'setScene', scene })) onLook(null)
  }
  return (
    <section className={styles.choice}>
      <p className={styles.mode}>
        {byHand === null
          ? word('autoNow', { scene: word(`scene_${shown}`) })
          : word('byHand', { scene: word(`scene_${byHand}`) })}
      </p>
      <fieldset className={styles.scenes} aria-label={word('stage')}>
        {scenes.map((scene) => (
          <Button
            key={scene}
            isPressed={(looked ?? shown) === scene}
            isDisabled={scene === 'result' && state.stage.shownPollId === null}
            onPress={() => onLook(scene === shown ? null : scene)}
          >
            {word(`scene_${scene}`)}
          </Button>
        ))}
      </fieldset>
      {may('setScene') ? (
        <div className={styles.keys}>
          {looked === null ? null : (
            <>
              <Button onPress={() => onLook(null)}>{word('cancel')}</Button>
              <Button kind="primary" isPending={pending} onPress={() => void show(looked)}>
                {word('sendScene')}
              </Button>
            </>
          )}
          {looked === null && byHand === null ? (
            <Button kind="quiet" isPending={pending} onPress={() => void show(shown)}>
              {word('holdScene')}
            </Button>
          ) : null}
          {looked === null && byHand !== null ? (
            <Button isPending={pending} onPress={() => void show(null)}>
              {word('backToAuto')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </section>
  )
}
