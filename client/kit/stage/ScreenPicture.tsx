// The big screen's picture of a meeting at one moment. It fills whatever holds it, at the same proportions on 1080p,
// on 4K and as a preview.
import type { Scene } from '../../../shared/meeting/commands.ts'
import { sceneOf } from '../../../shared/views/sceneOf.ts'
import { useLanguage } from '../../words/words.ts'
import { AgendaScene } from './AgendaScene.tsx'
import { Glide } from './Glide.tsx'
import { PollScene } from './PollScene.tsx'
import { ResultScene } from './ResultScene.tsx'
import { SpeakerScene } from './SpeakerScene.tsx'
import styles from './Stage.module.css'
import type { StageProps } from './stageProps.ts'
import { TextScene } from './TextScene.tsx'
import { WelcomeScene } from './WelcomeScene.tsx'

export interface ScreenPictureProps extends StageProps {
  /** Another scene than the meeting's own, to look at before showing it. */
  scene?: Scene
  /** Otherwise as the page. */
  light?: 'light' | 'dark'
}

const scenes: Readonly<Record<Scene, (props: StageProps) => React.ReactNode>> = {
  welcome: WelcomeScene,
  agenda: AgendaScene,
  text: TextScene,
  speaker: SpeakerScene,
  poll: PollScene,
  result: ResultScene,
}

/** Scenes of another item, speech or poll are other pictures, and glide too. */
const pictureId = (scene: Scene, { state }: StageProps): string => {
  if (scene === 'text') return `text ${state.currentItemId}`
  if (scene === 'speaker') return `speaker ${state.floor.speech?.speechId ?? ''}`
  if (scene === 'result') return `result ${state.stage.shownPollId}`
  if (scene === 'poll') return `poll ${state.pollOrder.at(-1) ?? ''}`
  return scene
}

export const ScreenPicture = ({ scene: asked, light, ...props }: ScreenPictureProps) => {
  const [language] = useLanguage()
  const scene = asked ?? sceneOf(props.state)
  const SceneOf = scenes[scene]
  return (
    <div className={styles.frame} data-light={light} lang={language === 'zh' ? 'zh-CN' : 'en'}>
      <div className={styles.canvas} data-scene={scene}>
        <Glide id={pictureId(scene, props)} isStill={props.isStill === true}>
          <SceneOf {...props} />
        </Glide>
      </div>
    </div>
  )
}
