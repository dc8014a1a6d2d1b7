// The size of the text and the light of the room, on this device only.
import { kitWords } from '../words/kit.ts'
import { useWords } from '../words/words.ts'
import { Button } from './Button.tsx'
import styles from './ModeSwitch.module.css'
import { setLight, setTextSize, type TextSize, useLight, useTextSize } from './mode.ts'
import { Switch } from './Switch.tsx'

const sizes: readonly TextSize[] = ['normal', 'elder', 'largest']

export const ModeSwitch = () => {
  const word = useWords(kitWords)
  const size = useTextSize()
  const light = useLight()
  return (
    <div className={styles.modes}>
      <fieldset className={styles.sizes} aria-label={word('textSize')}>
        {sizes.map((each) => (
          <Button key={each} isPressed={size === each} onPress={() => setTextSize(each)}>
            <span className={styles[each]}>{word(each)}</span>
          </Button>
        ))}
      </fieldset>
      <Switch isSelected={light === 'dark'} onChange={(dark) => setLight(dark ? 'dark' : 'light')}>
        {word('darkRoom')}
      </Switch>
    </div>
  )
}
