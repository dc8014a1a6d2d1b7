// Passwords are kept as argon2id hashes; hashing runs on the thread pool, never on the event loop.
import { hash, verify } from '@node-rs/argon2'

export const passwordCharsMin = 8

/** argon2id (the library's default) with OWASP's figures for it: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), cost)

/** What the rooms need of it: hashing takes a processor its time, so a simulation brings its own. */
export interface Passwords {
  hash(password: string): Promise<string>
  /** @param passwordHash null for a login that nobody has */
  fits(password: string, passwordHash: string | null): Promise<boolean>
}

let decoy: Promise<string> | null = null

/** An unknown login costs as much time as a wrong password, so that logins cannot be found out by the clock. */
const passwordFits = async (password: string, passwordHash: string | null): Promise<boolean> => {
  decoy ??= hashPassword('nobody has this password')
  const fits = await verify(passwordHash ?? (await decoy), password.normalize('NFKC'))
  return fits && passwordHash !== null
}

export const argonPasswords: Passwords = { hash: hashPassword, fits: passwordFits }
