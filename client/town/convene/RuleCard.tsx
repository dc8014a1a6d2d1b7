// The rule that polls of the meeting go by, with its source, what it asks for and the days it wants ahead.
import type { Preset } from '../../../shared/rules/preset.ts'
import { Badge } from '../../kit/Badge.tsx'
import { Banner } from '../../kit/Banner.tsx'
import { Card } from '../../kit/Card.tsx'
import { Select } from '../../kit/Select.tsx'
import { meetingWords } from '../../words/townMeeting.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'
import { daysBetween } from '../dates.ts'
import town from '../Town.module.css'
import { RuleFacts } from './RuleFacts.tsx'

interface RuleCardProps {
  presetCode: string
  /** Those that come with the hall, and the unit's own in force on that day. */
  offered: readonly Preset[]
  startsAt: number | null
  onChange: (presetCode: string) => void
}

export const RuleCard = ({ presetCode, offered, startsAt, onChange }: RuleCardProps) => {
  const word = useWords(meetingWords)
  const [language] = useLanguage()
  const preset = offered.find(({ code }) => code === presetCode)
  return (
    <Card title={word('rule')}>
      <Select
        label={word('preset')}
        value={preset === undefined ? null : presetCode}
        onChange={onChange}
        options={offered.map(({ code, name, recordOnly }) => ({
          id: code,
          label: recordOnly ? word('presetOnPaper', { name: pick(name, language) }) : pick(name, language),
        }))}
      />
      {preset === undefined ? null : (
        <>
          <div className={town.row}>
            <Badge>{word(preset.standing === 'statutory' ? 'presetStatutory' : 'presetConsultative')}</Badge>
            {preset.default ? <Badge>{word('presetDefault')}</Badge> : null}
          </div>
          <RuleFacts preset={preset} />
          <DaysAhead days={preset.noticeDays} startsAt={startsAt} wordKey="noticeDays" />
          <DaysAhead days={preset.papersDays} startsAt={startsAt} wordKey="papersDays" />
        </>
      )}
    </Card>
  )
}

interface DaysAheadProps {
  days: number
  startsAt: number | null
  wordKey: 'noticeDays' | 'papersDays'
}

const DaysAhead = ({ days, startsAt, wordKey }: DaysAheadProps) => {
  const word = useWords(meetingWords)
  if (days === 0 || startsAt === null) return null
  const left = Math.max(0, daysBetween(Date.now(), startsAt))
  return <Banner tone={left < days ? 'warn' : 'info'}>{word(wordKey, { days, left })}</Banner>
}
