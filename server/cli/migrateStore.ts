// `yishiting migrate-store --from sqlite --to postgres`, and back: the whole hall between DATA_DIR and DATABASE_URL.
import { readConfig } from '../config.ts'
import { migrateHall } from '../keeping/migrate.ts'
import { faultWords } from '../keeping/progress.ts'
import { type Place, placeInWords } from '../store/places.ts'
import { optionsOf } from './options.ts'
import { progressLine } from './progressLine.ts'

const { values, refuse } = optionsOf(
  'yishiting migrate-store --from sqlite --to postgres, or the other way',
  {
    from: { type: 'string' },
    to: { type: 'string' },
  },
)
const { dataDir, databaseUrl } = readConfig(process.env)
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
        `${copied.heads.length} records with ${copied.events.toLocaleString('en')} events hold\n`,
    )
  } catch (fault) {
    progress.end()
    process.stderr.write(`not moved: ${faultWords(fault)}\n`)
    process.exitCode = 1
  }
}

const [from, to] = [places[values.from ?? ''], places[values.to ?? '']]
if (from && to && from.kind !== to.kind) await migrate(from, to)
else refuse('it needs --from and --to, and DATA_DIR and DATABASE_URL set')
