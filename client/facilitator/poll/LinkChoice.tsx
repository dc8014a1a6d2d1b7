// Whether a poll decides a link of a matter's chain of four deliberations: only the link whose turn it is can be chosen.
import { useEffect, useState } from 'react'
import type { CommandOf } from '../../../shared/meeting/commands.ts'
import { deliberationCodes, fourDeliberations } from '../../../shared/rules/fourDeliberations.ts'
import type { Preset } from '../../../shared/rules/preset.ts'
import { presetByCode } from '../../../shared/rules/presets.ts'
import type { MattersView, MatterView } from '../../../shared/wire/httpMatters.ts'
import { Banner } from '../../kit/Banner.tsx'
import { Select } from '../../kit/Select.tsx'
import { get } from '../../link/api.ts'
import { composeWords } from '../../words/facilitatorCompose.ts'
import { pick, useLanguage, useWords } from '../../words/words.ts'

export type ChainLink = NonNullable<CommandOf<'openPoll'>['link']>

interface LinkChoiceProps {
  link: ChainLink | null
  preset: Preset
  onChange: (link: ChainLink | null) => void
}

/** The deliberation that a matter waits for; null where it waits for a notice, or for nothing more. */
const nextOf = ({ matterId, links }: MatterView): ChainLink | null => {
  const next = links.find(({ state }) => state === 'next')
  const code = deliberationCodes.find((one) => one === next?.code)
  return code === undefined ? null : { matterId, code }
}

const keyOf = ({ matterId, code }: ChainLink): string => `${matterId} ${code}`

export const LinkChoice = ({ link, preset, onChange }: LinkChoiceProps) => {
  const word = useWords(composeWords)
  const [language] = useLanguage()
  const [matters, setMatters] = useState<readonly MatterView[]>([])
  useEffect(() => {
    let isCurrent = true
    void get<MattersView>('/api/matters').then((answer) => {
      if (isCurrent && answer.ok) setMatters(answer.value.matters)
    })
    return () => {
      isCurrent = false
    }
  }, [])
  const offered = matters.flatMap(({ title, ...matter }) => {
    const next = nextOf({ title, ...matter })
    return next === null ? [] : [{ title, next }]
  })
  if (offered.length === 0) return null
  const stepOf = ({ code }: ChainLink) => fourDeliberations.find((one) => one.code === code)
  const rules = link === null ? [] : (stepOf(link)?.presets ?? [])
  const fits = link === null || rules.includes(preset.copy?.of ?? preset.code)
  const names = rules.flatMap((code) => {
    const rule = presetByCode(code)
    return rule === undefined ? [] : [pick(rule.name, language)]
  })
  return (
    <>
      <Select
        label={word('link')}
        value={link === null ? '' : keyOf(link)}
        onChange={(id) => onChange(offered.find(({ next }) => keyOf(next) === id)?.next ?? null)}
        options={[
          { id: '', label: word('linkNone') },
          ...offered.map(({ title, next }) => ({
            id: keyOf(next),
            label: word('linkOf', { title, step: pick(stepOf(next)?.name ?? { zh: '', en: '' }, language) }),
          })),
        ]}
        description={word('linkHint')}
      />
      {fits ? null : (
        <Banner tone="warn">
          {word('linkRules', { rules: names.join(language === 'zh' ? '、' : ', ') })}
        </Banner>
      )}
    </>
  )
}
