// The page that the editor's tests open: one view of one draft, as the address asks, and what tests need to see of it.
import '../../../client/kit/tokens.css'
import './page.css'
import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { DraftEditor } from '../../../client/editor/DraftEditor.tsx'
import { DraftMirror } from '../../../client/editor/DraftMirror.tsx'
import { applyKeptMode } from '../../../client/kit/mode.ts'
import { Toasts } from '../../../client/kit/Toasts.tsx'
import * as draftStore from '../../../client/link/draftStore.ts'

declare global {
  interface Window {
    draftStore: typeof draftStore
    setMayEdit: (mayEdit: boolean) => void
  }
}

const asked = new URLSearchParams(location.search)
const ask = (name: string): string => asked.get(name) ?? ''

const View = () => {
  const [mayEdit, setMayEdit] = useState(ask('mayEdit') !== '0')
  window.setMayEdit = setMayEdit
  if (ask('view') === 'mirror') {
    const size = (['screen', 'preview', 'phone'] as const).find((each) => each === ask('size')) ?? 'screen'
    return (
      <div className="screen">
        <DraftMirror draftId={ask('draft')} size={size} />
      </div>
    )
  }
  return (
    <DraftEditor
      draftId={ask('draft')}
      mayEdit={mayEdit}
      me={{ actorId: ask('actor'), name: ask('name'), colorSeed: Number(ask('seed')) }}
      size={ask('size') === 'phone' ? 'phone' : 'laptop'}
    />
  )
}

window.draftStore = draftStore
applyKeptMode()
const hall = document.getElementById('hall')
if (hall !== null && ask('draft') !== '') {
  createRoot(hall).render(
    <StrictMode>
      <View />
      <Toasts />
    </StrictMode>,
  )
}
