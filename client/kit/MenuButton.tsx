// A button that opens a short list of actions, for what is not worth a button of its own.
import type { ReactNode } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { classes } from './classes.ts'
import styles from './MenuButton.module.css'

export interface MenuButtonProps {
  /** What readers hear; shown too unless `children` stands in. */
  label: string
  items: readonly {
    readonly id: string
    readonly label: string
    readonly onAction: () => void
    readonly danger?: boolean
    readonly isDisabled?: boolean
  }[]
  children?: ReactNode
  isDisabled?: boolean
}

export const MenuButton = ({ label, items, children, isDisabled = false }: MenuButtonProps) => (
  <MenuTrigger>
    <Button className={styles.button ?? ''} aria-label={label} isDisabled={isDisabled}>
      {children ?? label}
      <svg viewBox="0 0 12 12" width="0.7em" height="0.7em" aria-hidden="true">
        <path d="M2 4l4 4 4-4" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </svg>
    </Button>
    <Popover placement="bottom end" className={styles.popover ?? ''}>
      <Menu className={styles.menu ?? ''}>
        {items.map((item) => (
          <MenuItem
            key={item.id}
            id={item.id}
            className={classes(styles.item, item.danger === true && styles.danger)}
            isDisabled={item.isDisabled === true}
            onAction={item.onAction}
          >
            {item.label}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  </MenuTrigger>
)
