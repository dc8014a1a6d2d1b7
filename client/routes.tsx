// Which face answers which address. Each face is a chunk of its own, so that a phone loads only the phone's.
import { lazy, Suspense, useEffect } from 'react'
import { Route, Switch } from 'wouter'
import { FaceBoundary } from './kit/FaceBoundary.tsx'
import { FaceLoading } from './kit/FaceLoading.tsx'
import { Toasts } from './kit/Toasts.tsx'
import { kitWords } from './words/kit.ts'
import { useWords } from './words/words.ts'

const ParticipantFace = lazy(() =>
  import('./participant/ParticipantFace.tsx').then((face) => ({ default: face.ParticipantFace })),
)
const FacilitatorFace = lazy(() =>
  import('./facilitator/FacilitatorFace.tsx').then((face) => ({ default: face.FacilitatorFace })),
)
const ScreenFace = lazy(() =>
  import('./screen/ScreenFace.tsx').then((face) => ({ default: face.ScreenFace })),
)
const TownFace = lazy(() => import('./town/TownFace.tsx').then((face) => ({ default: face.TownFace })))
const RecordFace = lazy(() => import('./town/RecordFace.tsx').then((face) => ({ default: face.RecordFace })))

export const Routes = () => {
  const word = useWords(kitWords)
  const hallName = word('hallName')
  useEffect(() => {
    document.title = hallName
  }, [hallName])
  return (
    <FaceBoundary>
      <Suspense fallback={<FaceLoading />}>
        <Switch>
          <Route path="/m/:meetingId/record">
            <RecordFace />
          </Route>
          <Route path="/m/:meetingId">
            <ParticipantFace />
          </Route>
          <Route path="/j/:token">
            <ParticipantFace />
          </Route>
          <Route path="/r/:code?">
            <ParticipantFace />
          </Route>
          <Route path="/cockpit/:meetingId">
            <FacilitatorFace />
          </Route>
          <Route path="/screen">
            <ScreenFace />
          </Route>
          <Route>
            <TownFace />
          </Route>
        </Switch>
      </Suspense>
      <Toasts />
    </FaceBoundary>
  )
}
