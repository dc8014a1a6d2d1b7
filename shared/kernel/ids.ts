// The shapes of identifiers. An id is a two-letter kind, an underscore and random base-32 text, so that no id can
// ever be the name of an object's built-in property and a mixed-up id is seen at a glance.

/** Kinds of id: hall unit, account, person, meeting, seat, agenda item, poll, speech, draft, matter, screen, party,
 * import, desk entry, household, card, version of a draft, comment. */
export const idKinds = {
  unit: 'un',
  account: 'ac',
  person: 'pe',
  meeting: 'mt',
  seat: 'st',
  item: 'it',
  poll: 'po',
  speech: 'sp',
  draft: 'dr',
  matter: 'ma',
  screen: 'sc',
  party: 'pt',
  import: 'im',
  deskEntry: 'de',
  household: 'hh',
  card: 'cd',
  amendment: 'am',
  version: 've',
  comment: 'cm',
} as const

export type IdKind = keyof typeof idKinds

export type NewId = (kind: IdKind) => string

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** `xx_` and 16 characters (80 random bits). `bytes` must hold at least 16 random bytes. */
export const idFrom = (kind: IdKind, bytes: Uint8Array): string => {
  let text = `${idKinds[kind]}_`
  for (let i = 0; i < 16; i += 1) text += alphabet[(bytes[i] ?? 0) & 31]
  return text
}

export const idPattern = (kind: IdKind): RegExp => new RegExp(`^${idKinds[kind]}_[0-9a-z]{4,32}$`)

/** Command ids are made by clients. */
export const commandIdPattern = /^[A-Za-z0-9_-]{8,64}$/
