// The town face: the entry for everybody, and the desk of the hall for its staff.
import { Route, Switch } from 'wouter'
import { EmptyState } from '../kit/EmptyState.tsx'
import { townWords } from '../words/town.ts'
import { useWords } from '../words/words.ts'
import { AccountsPage } from './AccountsPage.tsx'
import { ConvenePage } from './convene/ConvenePage.tsx'
import { EntryPage } from './EntryPage.tsx'
import { HallFrame, PublicFrame } from './Frames.tsx'
import { LinkButton } from './LinkButton.tsx'
import { MeetingsPage } from './MeetingsPage.tsx'
import { MattersPage } from './matters/MattersPage.tsx'
import { MeetingPage } from './meeting/MeetingPage.tsx'
import { PresetPages } from './presets/PresetPages.tsx'
import { RosterPage } from './roster/RosterPage.tsx'
import { SetupPage } from './SetupPage.tsx'
import { SignInPage } from './SignInPage.tsx'

export const TownFace = () => (
  <Switch>
    <Route path="/">
      <PublicFrame>
        <EntryPage />
      </PublicFrame>
    </Route>
    <Route path="/setup/:setupToken?">
      {({ setupToken }) => (
        <PublicFrame>
          <SetupPage setupToken={setupToken ?? ''} />
        </PublicFrame>
      )}
    </Route>
    <Route path="/sign-in">
      <PublicFrame>
        <SignInPage />
      </PublicFrame>
    </Route>
    <Route path="/hall/*?">
      <HallFrame>
        <HallPages />
      </HallFrame>
    </Route>
    <Route>
      <PublicFrame>
        <NotFound />
      </PublicFrame>
    </Route>
  </Switch>
)

const HallPages = () => (
  <Switch>
    <Route path="/hall">
      <MeetingsPage />
    </Route>
    <Route path="/hall/roster">
      <RosterPage />
    </Route>
    <Route path="/hall/presets/*?">
      <PresetPages />
    </Route>
    <Route path="/hall/matters">
      <MattersPage />
    </Route>
    <Route path="/hall/accounts">
      <AccountsPage />
    </Route>
    <Route path="/hall/meetings/new">
      <ConvenePage />
    </Route>
    <Route path="/hall/meetings/:meetingId">
      {({ meetingId }) => <MeetingPage key={meetingId} meetingId={meetingId} />}
    </Route>
    <Route>
      <NotFound />
    </Route>
  </Switch>
)

const NotFound = () => {
  const word = useWords(townWords)
  return (
    <EmptyState
      title={word('notFoundTitle')}
      hint={word('notFoundHint')}
      action={
        <LinkButton to="/" kind="primary">
          {word('toEntry')}
        </LinkButton>
      }
    />
  )
}
