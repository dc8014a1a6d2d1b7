// A warning where a motion seems to hold several questions, with the parts that were found.
import { bundledIn } from '../../../shared/meeting/bundled.ts'
import { Banner } from '../../kit/Banner.tsx'
import { composeWords } from '../../words/facilitatorCompose.ts'
import { useWords } from '../../words/words.ts'
import styles from './poll.module.css'

export const BundledNotice = ({ question, options }: { question: string; options: readonly string[] }) => {
  const word = useWords(composeWords)
  const [sign] = bundledIn(question, options)
  if (sign === undefined) return null
  return (
    <Banner tone="warn">
      <strong>{word(`bundled_${sign.kind}`)}</strong>
      <ol className={styles.parts}>
        {sign.parts.map((part) => (
          <li key={part}>{part}</li>
        ))}
      </ol>
      <p>{word('bundledHint')}</p>
    </Banner>
  )
}
