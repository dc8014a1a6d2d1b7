// The sheet of shortcuts, and the switch that turns them off on this device.
import { Dialog } from '../kit/Dialog.tsx'
import { Switch } from '../kit/Switch.tsx'
import { facilitatorWords } from '../words/facilitator.ts'
import { useWords } from '../words/words.ts'
import { closeDialog } from './dialogs.ts'
import styles from './keys.module.css'
import { type Shortcut, setShortcutsOn, shortcutKeys, useShortcutsOn } from './useShortcuts.ts'

const order = Object.keys(shortcutKeys) as Shortcut[]

export const ShortcutSheet = () => {
  const word = useWords(facilitatorWords)
  const on = useShortcutsOn((it) => it.on)
  return (
    <Dialog title={word('keys')} isOpen onClose={closeDialog}>
      <Switch isSelected={on} onChange={setShortcutsOn}>
        {word('keysOn')}
      </Switch>
      <dl className={styles.keys}>
        {order.map((shortcut) => (
          <div key={shortcut} className={styles.key}>
            <dt>
              <kbd>{shortcutKeys[shortcut].replace('Shift+', '⇧ ')}</kbd>
            </dt>
            <dd>{word(`key_${shortcut}`)}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.hint}>{word('keysHint')}</p>
    </Dialog>
  )
}
