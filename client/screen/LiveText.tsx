// The live text in the picture. Whatever becomes of it, the picture around it stays up.
import { Component, lazy, type ReactNode, Suspense } from 'react'

const againMs = 4_000

/** The text's own code; fetched early, so that the first change to a text finds it here even when the hall is gone. */
export const loadLiveText = () => import('../editor/DraftMirror.tsx')

const pause = () => new Promise((resolve) => setTimeout(resolve, againMs))

/** A screen is up for hours: what it could not fetch it asks for again until it comes. */
export const untilLoaded = async <T,>(load: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await load()
    } catch {
      // the hall cannot be reached just now
      await pause()
    }
  }
}

const DraftMirror = lazy(() => untilLoaded(loadLiveText).then((editor) => ({ default: editor.DraftMirror })))

/** A text that failed is opened anew after a while. */
export class TextBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }
  private again: ReturnType<typeof setTimeout> | undefined

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true }
  }

  override componentDidCatch(): void {
    this.again = setTimeout(() => this.setState({ hasFailed: false }), againMs)
  }

  override componentWillUnmount(): void {
    clearTimeout(this.again)
  }

  override render() {
    return this.state.hasFailed ? null : this.props.children
  }
}

export const LiveText = ({ draftId }: { draftId: string }) => (
  <TextBoundary>
    <Suspense fallback={null}>
      <DraftMirror draftId={draftId} size="screen" />
    </Suspense>
  </TextBoundary>
)
