// The poll as a file, for whoever wants to count it again: as JSON for `count`, as a table, or as a spreadsheet.
import { countingWords } from '../../words/counting.ts'
import { useWords } from '../../words/words.ts'
import styles from './ExportLinks.module.css'

const formats = ['json', 'csv', 'xlsx'] as const

export const ExportLinks = ({ meetingId, pollId }: { meetingId: string; pollId: string }) => {
  const word = useWords(countingWords)
  return (
    <p className={styles.links}>
      <span>{word('exportAs')}</span>
      {formats.map((format) => (
        <a key={format} href={`/api/meetings/${meetingId}/polls/${pollId}/export?format=${format}`} download>
          {format.toUpperCase()}
        </a>
      ))}
    </p>
  )
}
