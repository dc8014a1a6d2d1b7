// How a version is called, by what made it.
import { useCallback } from 'react'
import type { VersionView } from '../../../shared/wire/httpDrafts.ts'
import { draftVersionWords } from '../../words/draftVersions.ts'
import { useWords } from '../../words/words.ts'

export const useVersionName = (): ((version: VersionView) => string) => {
  const say = useWords(draftVersionWords)
  return useCallback(
    ({ kind, name }) => {
      if (kind === 'poll') return say('poll', { name })
      if (kind === 'itemStart') return say('itemStart')
      if (kind !== 'beforeRestore') return name
      return name === '' ? say('beforeRestoreUnnamed') : say('beforeRestore', { name })
    },
    [say],
  )
}
