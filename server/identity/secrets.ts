// Tokens, their hashes, the session cookie, and codes that people type.
import { hash } from 'node:crypto'

export const cookieName = 'yst_session'

/** Only this is stored: whoever reads the table cannot sign in with it. Tokens hold ≥ 128 random bits, so no salt. */
export const hashOf = (token: string): string => hash('sha256', token)

const cookiePattern = new RegExp(`(?:^|;)\\s*${cookieName}=([A-Za-z0-9_-]{16,200})\\s*(?:;|$)`)

/** The session token in a `Cookie` header, or `null`. */
export const tokenInCookies = (header: string | undefined): string | null =>
  header ? (cookiePattern.exec(header)?.[1] ?? null) : null

/** A code as people type it: lower case, spaces, hyphens and full-width letters are forgiven. */
export const typedCode = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-_.·]/g, '')
