// Keeps drafts on this device, so that edits made offline outlive the tab. Each row belongs to one draft and one
// actor: whoever uses a shared device next never sends the edits of the one before. IndexedDB needs no secure context.
import { mergeUpdates } from 'yjs'

const databaseName = 'yishiting.drafts'
const databaseVersion = 1
const keptDraftsMax = 40
const keptDaysMax = 60
const dayMs = 86_400_000

export interface KeptDraft {
  readonly updates: readonly Uint8Array[]
  /** The server's whole text was here once, so what is kept is a text and not a fragment of one. */
  readonly isSynced: boolean
  readonly unsaved: number
  /** The last row read: `compact` may replace everything up to it. */
  readonly upTo: number
}

/** What one write adds. `edits` grows or, once committed by the server, shrinks the count of unsaved edits. */
export interface DraftEntry {
  readonly update: Uint8Array | null
  readonly edits: number
  readonly isSynced: boolean
}

export interface DraftStore {
  load(key: string): Promise<KeptDraft>
  append(key: string, entry: DraftEntry): Promise<void>
  /** Replaces the rows up to `upTo` by one; without `whole` they are merged as they are. */
  compact(key: string, upTo: number, whole?: Uint8Array): Promise<void>
  forget(key: string): Promise<void>
  /** Drops the drafts longest unused, but never one with unsaved edits. */
  sweep(now: number): Promise<void>
  close(): void
}

interface Row {
  readonly key: string
  readonly bytes: Uint8Array
}

interface Head {
  readonly key: string
  readonly isSynced: boolean
  readonly unsaved: number
  readonly touchedAt: number
}

export const draftKey = (actorId: string, draftId: string): string => `${actorId}/${draftId}`

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((settle, fail) => {
    request.onsuccess = () => settle(request.result)
    request.onerror = () => fail(new Error('the device could not read a draft', { cause: request.error }))
  })

const done = (transaction: IDBTransaction): Promise<void> =>
  new Promise((settle, fail) => {
    transaction.oncomplete = () => settle()
    const failed = () => fail(new Error('the device could not keep a draft', { cause: transaction.error }))
    transaction.onerror = failed
    transaction.onabort = failed
  })

const openDatabase = (): Promise<IDBDatabase> =>
  new Promise((settle, fail) => {
    const request = indexedDB.open(databaseName, databaseVersion)
    request.onupgradeneeded = () => {
      const rows = request.result.createObjectStore('rows', { autoIncrement: true })
      rows.createIndex('key', 'key')
      request.result.createObjectStore('heads', { keyPath: 'key' })
    }
    request.onsuccess = () => {
      // A newer version of the program in another tab must not wait for this one.
      request.result.onversionchange = () => request.result.close()
      settle(request.result)
    }
    request.onerror = () => fail(new Error('this device keeps no drafts', { cause: request.error }))
    request.onblocked = () => fail(new Error('this device keeps no drafts: another tab holds an older store'))
  })

const rowsOf = (transaction: IDBTransaction, key: string) => {
  const index = transaction.objectStore('rows').index('key')
  return { keys: index.getAllKeys(key) as IDBRequest<number[]>, rows: index.getAll(key) as IDBRequest<Row[]> }
}

const load = async (database: IDBDatabase, key: string): Promise<KeptDraft> => {
  const transaction = database.transaction(['rows', 'heads'], 'readonly')
  const { keys, rows } = rowsOf(transaction, key)
  const head = transaction.objectStore('heads').get(key) as IDBRequest<Head | undefined>
  const [numbers, kept, about] = await Promise.all([answered(keys), answered(rows), answered(head)])
  return {
    updates: kept.map((row) => row.bytes),
    isSynced: about?.isSynced === true,
    unsaved: about?.unsaved ?? 0,
    upTo: numbers[numbers.length - 1] ?? 0,
  }
}

const append = (database: IDBDatabase, key: string, entry: DraftEntry, now: number): Promise<void> => {
  const transaction = database.transaction(['rows', 'heads'], 'readwrite')
  if (entry.update !== null) transaction.objectStore('rows').add({ key, bytes: entry.update } satisfies Row)
  const heads = transaction.objectStore('heads')
  const reading = heads.get(key) as IDBRequest<Head | undefined>
  reading.onsuccess = () => {
    const head = reading.result
    heads.put({
      key,
      isSynced: entry.isSynced || head?.isSynced === true,
      // Two tabs may settle the same edits: the count never falls below none.
      unsaved: Math.max(0, (head?.unsaved ?? 0) + entry.edits),
      touchedAt: now,
    } satisfies Head)
  }
  return done(transaction)
}

const compact = (database: IDBDatabase, key: string, upTo: number, whole?: Uint8Array): Promise<void> => {
  const transaction = database.transaction('rows', 'readwrite')
  const store = transaction.objectStore('rows')
  const { keys, rows } = rowsOf(transaction, key)
  rows.onsuccess = () => {
    const old = keys.result.filter((number) => number <= upTo)
    if (old.length < 2) return
    store.add({ key, bytes: whole ?? mergeUpdates(rows.result.slice(0, old.length).map((row) => row.bytes)) })
    for (const number of old) store.delete(number)
  }
  return done(transaction)
}

const forgetIn = (transaction: IDBTransaction, key: string): void => {
  const cursor = transaction.objectStore('rows').index('key').openKeyCursor(key)
  cursor.onsuccess = () => {
    if (cursor.result === null) return
    transaction.objectStore('rows').delete(cursor.result.primaryKey)
    cursor.result.continue()
  }
  transaction.objectStore('heads').delete(key)
}

const sweep = (database: IDBDatabase, now: number): Promise<void> => {
  const transaction = database.transaction(['rows', 'heads'], 'readwrite')
  const reading = transaction.objectStore('heads').getAll() as IDBRequest<Head[]>
  reading.onsuccess = () => {
    const newestFirst = reading.result.sort((a, b) => b.touchedAt - a.touchedAt)
    newestFirst.forEach((head, place) => {
      const isOld = place >= keptDraftsMax || now - head.touchedAt > keptDaysMax * dayMs
      if (isOld && head.unsaved === 0) forgetIn(transaction, head.key)
    })
  }
  return done(transaction)
}

/** Rejects where the browser forbids storage, as some do in private windows. */
export const openDraftStore = async (now: () => number = Date.now): Promise<DraftStore> => {
  const database = await openDatabase()
  return {
    load: (key) => load(database, key),
    append: (key, entry) => append(database, key, entry, now()),
    compact: (key, upTo, whole) => compact(database, key, upTo, whole),
    forget: (key) => {
      const transaction = database.transaction(['rows', 'heads'], 'readwrite')
      forgetIn(transaction, key)
      return done(transaction)
    },
    sweep: (at) => sweep(database, at),
    close: () => database.close(),
  }
}
