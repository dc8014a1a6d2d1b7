// How far a picture is on its way into the draft, and why one did not get there.
import { useMemo, useState } from 'react'
import type { Refusal } from '../../../shared/kernel/result.ts'
import { Progress } from '../../kit/Progress.tsx'
import { toast } from '../../kit/Toasts.tsx'
import { draftCommentWords } from '../../words/draftComments.ts'
import { wordRefusal } from '../../words/refusals.ts'
import { currentLanguage, useWords, wordIn } from '../../words/words.ts'
import styles from '../DraftEditor.module.css'
import type { PictureTrouble } from './reencode.ts'
import type { PictureProgress, PicturesOptions } from './takePictures.ts'

export interface PictureSteps {
  readonly progress: PictureProgress | null
  readonly calls: Omit<PicturesOptions, 'draft'>
}

const reasonOf = (trouble: PictureTrouble | Refusal): string =>
  typeof trouble === 'string'
    ? wordIn(draftCommentWords, currentLanguage(), trouble)
    : wordRefusal(trouble, currentLanguage())

export const usePictureSteps = (): PictureSteps => {
  const [progress, onProgress] = useState<PictureProgress | null>(null)
  const calls = useMemo<PictureSteps['calls']>(
    () => ({
      onProgress,
      onTrouble: (trouble) =>
        toast(wordIn(draftCommentWords, currentLanguage(), 'pictureFailed', { reason: reasonOf(trouble) }), {
          tone: 'warn',
        }),
    }),
    [],
  )
  return { progress, calls }
}

export const PictureLine = ({ steps: { progress } }: { steps: PictureSteps }) => {
  const say = useWords(draftCommentWords)
  if (progress === null) return null
  const { step, done, total } = progress
  return (
    <div className={styles.pasting}>
      <Progress label={say(step)} value={Math.round(done * 10) / 10} max={total} />
    </div>
  )
}
