// The rooms of the rules, under /hall/presets.
import { Route, Switch } from 'wouter'
import { EditPage } from './EditPage.tsx'
import { PresetPage } from './PresetPage.tsx'
import { PresetsPage } from './PresetsPage.tsx'

export const PresetPages = () => (
  <Switch>
    <Route path="/hall/presets">
      <PresetsPage />
    </Route>
    <Route path="/hall/presets/:code/copy">
      {({ code }) => <EditPage key={`copy ${code}`} code={code} what="copy" />}
    </Route>
    <Route path="/hall/presets/:code/change">
      {({ code }) => <EditPage key={`change ${code}`} code={code} what="change" />}
    </Route>
    <Route path="/hall/presets/:code">{({ code }) => <PresetPage key={code} code={code} />}</Route>
  </Switch>
)
