// `yishiting restore --from BACKUP [--to DIR|postgres://…]`: a backup goes back into an empty place.
import { resolve } from 'node:path'
import { faultWords } from '../keeping/faultWords.ts'
import { restoreBackup } from '../keeping/restore.ts'
import { type Place, placeInWords, placeOf } from '../store/places.ts'
import { optionsOf } from './options.ts'
import { progressLine } from './progressLine.ts'
import { settings } from './settings.ts'

const usage = `yishiting restore --from BACKUP [--to DIR|postgres://…]
  brings a backup into an empty folder or database (else the one that DATA_DIR or DATABASE_URL names), and proves every
  chain and every count before it may be served; broken off, it goes on when it is run again`
const { values, refuse } = optionsOf(usage, { from: { type: 'string' }, to: { type: 'string' } })
const config = settings()

const placeIn = (text: string): Place =>
  /^postgres(ql)?:\/\//.test(text)
    ? { kind: 'postgres', databaseUrl: text }
    : { kind: 'sqlite', dataDir: resolve(text) }

const restore = async (from: string, to: Place): Promise<void> => {
  const progress = progressLine(process.stderr)
  try {
    const dataDir = to.kind === 'sqlite' ? to.dataDir : config.dataDir
    const { rows, events, heads, manifest } = await restoreBackup({
      from: resolve(from),
      to,
      dataDir,
      onProgress: progress.on,
    })
    progress.end()
    process.stdout.write(
      `restored to ${placeInWords(to)} what was backed up at ${manifest.madeAt}: ${rows.toLocaleString('en')} rows; ` +
        `${heads.length} records with ${events.toLocaleString('en')} events hold\n` +
        `serve it with ${to.kind === 'sqlite' ? `DATA_DIR=${to.dataDir}` : 'its address in DATABASE_URL'}\n`,
    )
  } catch (fault) {
    progress.end()
    process.stderr.write(`not restored: ${faultWords(fault)}\n`)
    process.exitCode = 1
  }
}

if (values.from) await restore(values.from, values.to ? placeIn(values.to) : placeOf(config))
else refuse('it needs --from')
