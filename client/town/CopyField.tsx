// A line to be copied. A plain http page on a LAN has no clipboard API: then the text is selected, and copied the old
// way where the browser still allows it.
import { useId, useRef } from 'react'
import { Button } from '../kit/Button.tsx'
import { toast } from '../kit/Toasts.tsx'
import { townWords } from '../words/town.ts'
import { useWords } from '../words/words.ts'
import styles from './Town.module.css'

const copyTheOldWay = (): boolean => {
  try {
    return document.execCommand('copy')
  } catch {
    return false
  }
}

const copy = async (text: string, input: HTMLInputElement | null): Promise<boolean> => {
  if (window.isSecureContext && navigator.clipboard !== undefined) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      // not permitted: the old way below
    }
  }
  if (input === null) return false
  input.focus()
  input.select()
  return copyTheOldWay()
}

export const CopyField = ({ label, text }: { label: string; text: string }) => {
  const word = useWords(townWords)
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const onCopy = async () => {
    const isCopied = await copy(text, input.current)
    toast(word(isCopied ? 'copied' : 'copyByHand'), { tone: isCopied ? 'good' : 'info' })
  }
  return (
    <div className={styles.copyField}>
      <label className={styles.copyLabel} htmlFor={id}>
        {label}
      </label>
      <div className={styles.copyLine}>
        <input
          id={id}
          ref={input}
          className={styles.copyInput}
          value={text}
          readOnly
          onFocus={(event) => event.target.select()}
        />
        <Button onPress={() => void onCopy()}>{word('copy')}</Button>
      </div>
    </div>
  )
}
