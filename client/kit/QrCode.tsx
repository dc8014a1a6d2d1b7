// A QR code as crisp squares of one path; always dark on light, since some readers want nothing else.
import { useMemo } from 'react'
import { encode } from 'uqr'
import styles from './QrCode.module.css'

/** One path over all dark squares, runs in a row joined. */
const pathOf = (dark: readonly (readonly boolean[])[]): string => {
  let path = ''
  dark.forEach((row, y) => {
    let x = 0
    while (x < row.length) {
      if (row[x] !== true) {
        x += 1
        continue
      }
      let end = x
      while (row[end] === true) end += 1
      path += `M${x} ${y}h${end - x}v1h${x - end}z`
      x = end
    }
  })
  return path
}

export const QrCode = ({ text, label }: { text: string; label: string }) => {
  const { size, path } = useMemo(() => {
    const code = encode(text, { ecc: 'M', border: 2 })
    return { size: code.size, path: pathOf(code.data) }
  }, [text])
  return (
    <svg
      className={styles.code}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#1b1813" />
    </svg>
  )
}
