// The big screens of the meeting: connecting one by the code it shows, and taking it off again.
import { useState } from 'react'
import type { ScreensView } from '../../../shared/wire/http.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Card.tsx'
import { TextField } from '../../kit/TextField.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { useRefusal } from '../../words/refusals.ts'
import { meetingWords } from '../../words/townMeeting.ts'
import { useWords } from '../../words/words.ts'
import { pairScreen, paths, unpairScreen } from '../calls.ts'
import { LoadedView, useLoaded } from '../loaded.tsx'
import town from '../Town.module.css'

export const ScreensCard = ({ meetingId }: { meetingId: string }) => {
  const word = useWords(meetingWords)
  const refusalWord = useRefusal()
  const [screens, again] = useLoaded<ScreensView>(paths.screens(meetingId))
  const [code, setCode] = useState('')
  const [trouble, setTrouble] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)

  const pair = async () => {
    setPending(true)
    const answer = await pairScreen(meetingId, code.replace(/\s/g, '').toUpperCase())
    setPending(false)
    if (!answer.ok) return setTrouble(refusalWord(answer.refusal))
    setCode('')
    toast(word('paired'), { tone: 'good' })
    again()
  }
  const unpair = async (screenId: string) => {
    const answer = await unpairScreen(meetingId, screenId)
    if (!answer.ok) return toast(refusalWord(answer.refusal), { tone: 'warn' })
    toast(word('unpaired'), { tone: 'good' })
    again()
  }

  return (
    <Card title={word('screens')}>
      <p className={town.soft}>{word('screensLead', { url: `${window.location.origin}/screen` })}</p>
      <form
        className={town.tight}
        onSubmit={(event) => {
          event.preventDefault()
          void pair()
        }}
      >
        <TextField
          label={word('pairCode')}
          value={code}
          onChange={(typed) => {
            setCode(typed)
            setTrouble(null)
          }}
          error={trouble}
          autoComplete="off"
          charsMax={12}
        />
        <Button type="submit" isPending={isPending} isDisabled={code.replace(/\s/g, '').length < 6}>
          {word('pair')}
        </Button>
      </form>
      <LoadedView loaded={screens} again={again} lines={1}>
        {(view) =>
          view.screens.length === 0 ? (
            <p className={town.small}>{word('noScreens')}</p>
          ) : (
            <ul className={town.tight}>
              {view.screens.map(({ screenId, live }, index) => (
                <li key={screenId} className={town.row}>
                  <span>{word('screenName', { n: index + 1 })}</span>
                  <Badge tone={live ? 'live' : 'warn'}>{word(live ? 'screenLive' : 'screenDown')}</Badge>
                  <Button kind="quiet" onPress={() => void unpair(screenId)}>
                    {word('unpair')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </LoadedView>
    </Card>
  )
}
