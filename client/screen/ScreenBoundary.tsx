// Nobody stands at a big screen to press a button: one that has failed forgets its last picture and opens itself again.
import { Component, type ReactNode } from 'react'
import { FaceLoading } from '../kit/FaceLoading.tsx'
import { dropSnapshot } from './snapshot.ts'

const reloadAfterMs = 5_000

export class ScreenBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true }
  }

  override componentDidCatch(): void {
    // it may have been the kept picture itself that could not be drawn
    dropSnapshot()
    setTimeout(() => window.location.reload(), reloadAfterMs)
  }

  override render() {
    return this.state.hasFailed ? <FaceLoading /> : this.props.children
  }
}
