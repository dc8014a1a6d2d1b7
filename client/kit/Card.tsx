// A sheet of paper on the table.
import type { ReactNode } from 'react'
import styles from './Small.module.css'

export const Card = ({
  title,
  actions,
  children,
}: {
  title?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}) => (
  <section className={styles.card}>
    {title === undefined && actions === undefined ? null : (
      <header className={styles.cardHead}>
        {title === undefined ? <span /> : <h2 className={styles.cardTitle}>{title}</h2>}
        {actions === undefined ? null : <div className={styles.cardActions}>{actions}</div>}
      </header>
    )}
    {children}
  </section>
)
