// A link that looks like a button: to another page of the hall, or to a file to be downloaded.
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import buttonStyles from '../kit/Button.module.css'
import { classes } from '../kit/classes.ts'
import styles from './Town.module.css'

interface LinkButtonProps {
  to: string
  kind?: 'primary' | 'plain' | 'quiet'
  size?: 'normal' | 'large'
  children: ReactNode
  /** A file of the server, not a page of the client. */
  download?: boolean
  /** In a tab of its own. */
  newTab?: boolean
}

export const LinkButton = ({
  to,
  kind = 'plain',
  size = 'normal',
  children,
  download,
  newTab,
}: LinkButtonProps) => {
  const className = classes(buttonStyles.button, buttonStyles[kind], buttonStyles[size], styles.link)
  if (download === true)
    return (
      <a className={className} href={to} download>
        {children}
      </a>
    )
  if (newTab === true)
    return (
      <a className={className} href={to} target="_blank" rel="noreferrer">
        {children}
      </a>
    )
  return (
    <Link className={className} href={to}>
      {children}
    </Link>
  )
}
