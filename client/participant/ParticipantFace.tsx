// The participant's face: a scanned card, the waiting room, and the meeting on a phone or laptop.
import { Route, Switch } from 'wouter'
import { JoinPage } from './JoinPage.tsx'
import { MeetingPage } from './MeetingPage.tsx'
import { RoomPage } from './RoomPage.tsx'

export const ParticipantFace = () => (
  <Switch>
    <Route path="/j/:token">{({ token }) => <JoinPage key={token} token={token} />}</Route>
    <Route path="/r/:code?">{({ code }) => <RoomPage code={code ?? ''} />}</Route>
    <Route path="/m/:meetingId">
      {({ meetingId }) => <MeetingPage key={meetingId} meetingId={meetingId} />}
    </Route>
  </Switch>
)
