// The live text in the picture. Whatever becomes of it, the picture around it stays up.
import { Component, lazy, type ReactNode, Suspense } from 'react'

const againMs = 4_000

/** The text's own code; fetched early, so that the first change to a text finds it here even when the hall is gone. */
export const loadLiveText = () => import('../editor/DraftMirror.tsx')

const pause = () => new Promise((resolve) => setTimeout(resolve, againMs))

const untilLoaded = async (): Promise<Awaited<ReturnType<typeof loadLiveText>>> => {
  for (;;) {
    try {
      return await loadLiveText()
    } catch {
      // the hall cannot be reached just now
      await pause()
    }
  }
}

const DraftMirror = lazy(() => untilLoaded().then((editor) => ({ default: editor.DraftMirror })))

/** A text that failed is opened anew after a while. */
class TextBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
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
