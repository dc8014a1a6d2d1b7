// The cockpit's single-key shortcuts: off while somebody types or a dialog is open, and off altogether where the
// facilitator has turned them off on this device.
import { useEffect, useRef } from 'react'
import { create } from 'zustand'

export type Shortcut =
  | 'next'
  | 'giveFloor'
  | 'extend'
  | 'extendMore'
  | 'endSpeech'
  | 'poll'
  | 'agenda'
  | 'attendance'
  | 'desk'
  | 'stage'
  | 'help'

/** As printed in the sheet, and as `KeyboardEvent.key` gives it. */
export const shortcutKeys: Readonly<Record<Shortcut, string>> = {
  next: 'G',
  giveFloor: 'N',
  extend: 'E',
  extendMore: 'Shift+E',
  endSpeech: 'X',
  poll: 'P',
  agenda: 'A',
  attendance: '/',
  desk: 'D',
  stage: 'S',
  help: '?',
}

const storageKey = 'yst.cockpitKeys'

const readKept = (): boolean => {
  try {
    return window.localStorage.getItem(storageKey) !== 'off'
  } catch {
    return true
  }
}

export const useShortcutsOn = create<{ readonly on: boolean }>(() => ({ on: readKept() }))

export const setShortcutsOn = (on: boolean): void => {
  useShortcutsOn.setState({ on })
  try {
    window.localStorage.setItem(storageKey, on ? 'on' : 'off')
  } catch {
    // the choice lasts as long as the page
  }
}

const keyOf = (event: KeyboardEvent): string => {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
  return event.shiftKey && /^[A-Z]$/.test(key) ? `Shift+${key}` : key
}

const shortcutOf = (event: KeyboardEvent): Shortcut | undefined => {
  const key = keyOf(event)
  return (Object.keys(shortcutKeys) as Shortcut[]).find((name) => shortcutKeys[name] === key)
}

/** Whether the key belongs to what has the focus: a field, the draft, a list that searches by letters, a dialog. */
const isTaken = (event: KeyboardEvent): boolean => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return true
  if (event.defaultPrevented) return true
  if (document.querySelector('dialog[open], [role="menu"]')) return true
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest('input, textarea, select, [role="textbox"]') !== null
}

export const useShortcuts = (actions: Readonly<Partial<Record<Shortcut, () => void>>>): void => {
  const on = useShortcutsOn((it) => it.on)
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event)
      if (shortcut === undefined || isTaken(event)) return
      if (!on && shortcut !== 'help') return
      const action = latest.current[shortcut]
      if (action === undefined) return
      event.preventDefault()
      action()
    }
    // The bubbling phase: lists with their own type-to-find have had their say by then.
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [on])
}
