// A place to drop a roster file on, or to choose one from; what cannot be right is said before anything is sent.
import { type DragEvent, useRef, useState } from 'react'
import { limits } from '../../../shared/kernel/limits.ts'
import { Button } from '../../kit/Button.tsx'
import { rosterWords } from '../../words/townRoster.ts'
import { useWords } from '../../words/words.ts'
import town from '../Town.module.css'
import styles from './Roster.module.css'

/** Headings only, in the words of the export, with the mark by which spreadsheets know UTF-8. */
const saveTemplate = (): void => {
  const address = URL.createObjectURL(
    new Blob(['\ufeff姓名,界别,会议身份,户,手机\r\n'], { type: 'text/csv;charset=utf-8' }),
  )
  const link = document.createElement('a')
  link.href = address
  link.download = '名册模板.csv'
  link.click()
  URL.revokeObjectURL(address)
}

const bytesPerMb = 1024 * 1024

export const FileChooser = ({
  onFile,
  onTrouble,
}: {
  onFile: (file: File) => void
  onTrouble: (trouble: string | null) => void
}) => {
  const word = useWords(rosterWords)
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)

  const take = (file: File | undefined) => {
    if (file === undefined) return
    if (!/\.(xlsx|csv)$/i.test(file.name)) return onTrouble(word('wrongKind', { name: file.name }))
    if (file.size > limits.rosterFileBytesMax)
      return onTrouble(
        word('tooBig', {
          size: (file.size / bytesPerMb).toFixed(1),
          max: limits.rosterFileBytesMax / bytesPerMb,
        }),
      )
    onTrouble(null)
    onFile(file)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same without a drag */}
      <div
        className={styles.drop}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <p>{word(isOver ? 'dropHere' : 'dropFile')}</p>
        <Button kind="primary" size="large" onPress={() => input.current?.click()}>
          {word('chooseFile')}
        </Button>
        <p className={town.small}>{word('fileKinds')}</p>
        <input
          ref={input}
          className={town.unseen}
          type="file"
          accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          tabIndex={-1}
          aria-label={word('chooseFile')}
          onChange={(event) => {
            take(event.target.files?.[0])
            // the same file may be chosen again after it was corrected
            event.target.value = ''
          }}
        />
      </div>
      <p className={town.soft}>{word('importColumns', { rows: limits.rosterRowsMax })}</p>
      <div className={town.row}>
        <Button onPress={saveTemplate}>{word('template')}</Button>
      </div>
    </>
  )
}
