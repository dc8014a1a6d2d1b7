// `yishiting migrate-store --from sqlite --to postgres`, and back: the whole hall between DATA_DIR and DATABASE_URL.

import { faultWords } from '../keeping/faultWords.ts'
import { migrateHall } from '../keeping/migrate.ts'
import { type Place, placeInWords } from '../store/places.ts'
import { optionsOf } from './options.ts'
import { progressLine } from './progressLine.ts'
import { settings } from './settings.ts'

const usage = `yishiting migrate-store --from sqlite --to postgres, or the other way
  moves the hall between DATA_DIR and DATABASE_URL, which are both set, with the server stopped; what it is moved
  from stays as it is; broken off, it goes on where it stopped when it is run again`
const { values, refuse } = optionsOf(usage, { from: { type: 'string' }, to: { type: 'string' } })
const { dataDir, databaseUrl } = settings()
const places: Readonly<Record<string, Place | null>> = {
  sqlite: { kind: 'sqlite', dataDir },
  postgres: databaseUrl ? { kind: 'postgres', databaseUrl } : null,
}

const migrate = async (from: Place, to: Place): Promise<void> => {
  const progress = progressLine(process.stderr)
  try {
    const copied = await migrateHall(from, to, progress.on)
    progress.end()
    process.stdout.write(
      `${copied.isResumed ? 'went on with an earlier try. ' : ''}${placeInWords(to)} holds the whole hall: ` +
        `${copied.rows.toLocaleString('en')} rows, equal table by table; ` +
        `${copied.heads.length} records with ${copied.events.toLocaleString('en')} events hold\n` +
        `serve it from there ${to.kind === 'postgres' ? 'with' : 'without'} DATABASE_URL; what it was moved from is as it was\n`,
    )
  } catch (fault) {
    progress.end()
    process.stderr.write(`not moved: ${faultWords(fault)}\n`)
    process.exitCode = 1
  }
}

const [from, to] = [places[values.from ?? ''], places[values.to ?? '']]
if (from && to && from.kind !== to.kind) await migrate(from, to)
else if (!databaseUrl) refuse('DATABASE_URL is not set')
else refuse('one of --from and --to is sqlite, the other is postgres')
