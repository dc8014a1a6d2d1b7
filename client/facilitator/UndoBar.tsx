// The undo on offer, for a few seconds; the pointer or the focus holds it.
import { useEffect, useState } from 'react'
import { Button } from '../kit/Button.tsx'
import { facilitatorWords } from '../words/facilitator.ts'
import { useWords } from '../words/words.ts'
import styles from './undo.module.css'
import { type Undo, useOrder, useUndo, withdrawUndo } from './useOrder.ts'

const offeredForMs = 8_000

export const UndoBar = () => {
  const undo = useUndo((it) => it.undo)
  return (
    <div className={styles.place} aria-live="polite">
      {undo === null ? null : <Offer key={undo.id} undo={undo} />}
    </div>
  )
}

const Offer = ({ undo }: { undo: Undo }) => {
  const word = useWords(facilitatorWords)
  const { order, pending } = useOrder()
  const [isHeld, hold] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(withdrawUndo, offeredForMs)
    return () => clearTimeout(timer)
  }, [isHeld])
  const run = async () => {
    for (const command of undo.commands) {
      if (!(await order(command))) break
    }
    withdrawUndo()
  }
  return (
    <div
      role="status"
      className={styles.offer}
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      <span>{undo.said}</span>
      <Button onPress={() => void run()} isPending={pending}>
        {word('undo')}
      </Button>
    </div>
  )
}
