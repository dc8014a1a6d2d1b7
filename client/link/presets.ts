// Owns the unit's own rules as a face chooses from them: those in force on a day, and the browser's copy of the rest.
import { useEffect, useState } from 'react'
import { type DayText, dayAt } from '../../shared/rules/calendar.ts'
import type { Preset } from '../../shared/rules/preset.ts'
import { inForceOn } from '../../shared/rules/presetCopy.ts'
import type { PresetsView } from '../../shared/wire/httpPresets.ts'
import { get } from './api.ts'

export const presetsPath = '/api/presets'

export const presetPath = (code: string): string => `${presetsPath}/${encodeURIComponent(code)}`

/** The unit's own rules in force on a day; none until they were read, or where they cannot be. */
export const useOwnPresets = (day: DayText = dayAt(Date.now())): readonly Preset[] => {
  const [own, setOwn] = useState<PresetsView['own']>([])
  useEffect(() => {
    let isCurrent = true
    void get<PresetsView>(presetsPath).then((answer) => {
      if (isCurrent && answer.ok) setOwn(answer.value.own)
    })
    return () => {
      isCurrent = false
    }
  }, [])
  return own.flatMap(({ versions }) => {
    const now = inForceOn(versions, day)
    return now === undefined ? [] : [now]
  })
}
