// Long lists in pages, so that five thousand rows stay as light as fifty.
import { useState } from 'react'
import { Button } from '../kit/Button.tsx'
import { rosterWords } from '../words/townRoster.ts'
import { useWords } from '../words/words.ts'
import styles from './Town.module.css'

export const pageRows = 100

export interface Pages {
  readonly page: number
  readonly pages: number
  readonly from: number
  readonly to: number
  readonly count: number
  readonly goTo: (page: number) => void
}

/** When the list becomes shorter, the last page that still exists is shown. */
export const usePages = (count: number, rowsPerPage = pageRows): Pages => {
  const [asked, goTo] = useState(0)
  const pages = Math.max(1, Math.ceil(count / rowsPerPage))
  const page = Math.min(asked, pages - 1)
  const from = page * rowsPerPage
  return { page, pages, from, to: Math.min(count, from + rowsPerPage), count, goTo }
}

export const Pager = ({ page, pages, from, to, count, goTo }: Pages) => {
  const word = useWords(rosterWords)
  if (pages === 1) return null
  return (
    <nav className={styles.row} aria-label={word('pageLabel')}>
      <Button onPress={() => goTo(page - 1)} isDisabled={page === 0}>
        {word('pagePrevious')}
      </Button>
      <span className={styles.figure}>{word('shown', { from: from + 1, to, count })}</span>
      <Button onPress={() => goTo(page + 1)} isDisabled={page === pages - 1}>
        {word('pageNext')}
      </Button>
    </nav>
  )
}
