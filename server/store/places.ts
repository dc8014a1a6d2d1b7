// Where a hall may lie, and how it is opened there for copying.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from './makeFolder.ts'
import { openSqliteLine } from './sqliteLine.ts'
import { openVessel, type Vessel } from './vessel.ts'
import { openView, type View } from './view.ts'

export type Place =
  | { readonly kind: 'sqlite'; readonly dataDir: string }
  | { readonly kind: 'postgres'; readonly databaseUrl: string }

/** The store that the settings name. */
export const placeOf = (config: { readonly databaseUrl: string | null; readonly dataDir: string }): Place =>
  config.databaseUrl
    ? { kind: 'postgres', databaseUrl: config.databaseUrl }
    : { kind: 'sqlite', dataDir: config.dataDir }

export const hallFileIn = (dataDir: string): string => join(dataDir, 'hall.db')

/** A database's address without its password. */
export const placeInWords = (place: Place): string => {
  if (place.kind === 'sqlite') return hallFileIn(place.dataDir)
  const { host, pathname } = new URL(place.databaseUrl)
  return `PostgreSQL ${host}${pathname}`
}

/** Read only where it is used, as every server reads this file when it starts. */
const databaseLine = async (databaseUrl: string) => {
  const { openPostgresLine } = await import('./postgresLine.ts')
  return openPostgresLine(databaseUrl)
}

export const viewPlace = async (place: Place): Promise<View> => {
  if (place.kind === 'sqlite' && !existsSync(hallFileIn(place.dataDir)))
    throw new Error(`there is no hall in ${place.dataDir}`)
  const line =
    place.kind === 'sqlite'
      ? openSqliteLine(hallFileIn(place.dataDir), 'read')
      : await databaseLine(place.databaseUrl)
  return openView(line).catch(async (fault) => {
    await line.close()
    throw fault
  })
}

export const fillPlace = async (place: Place): Promise<Vessel> => {
  if (place.kind === 'sqlite') await makeFolder(place.dataDir)
  const line =
    place.kind === 'sqlite'
      ? openSqliteLine(hallFileIn(place.dataDir), 'fill')
      : await databaseLine(place.databaseUrl)
  return openVessel(line).catch(async (fault) => {
    await line.close()
    throw fault
  })
}
