// `yishiting restore --from BACKUP --to DIR|postgres://…`: a backup goes back into an empty place.
import { resolve } from 'node:path'
import { readConfig } from '../config.ts'
import { faultWords } from '../keeping/progress.ts'
import { restoreBackup } from '../keeping/restore.ts'
import { type Place, placeInWords } from '../store/places.ts'
import { optionsOf } from './options.ts'
import { progressLine } from './progressLine.ts'

const { values, refuse } = optionsOf('yishiting restore --from BACKUP --to DIR|postgres://…', {
  from: { type: 'string' },
  to: { type: 'string' },
})

const placeIn = (text: string): Place =>
  /^postgres(ql)?:\/\//.test(text)
    ? { kind: 'postgres', databaseUrl: text }
    : { kind: 'sqlite', dataDir: resolve(text) }

const restore = async (from: string, to: Place): Promise<void> => {
  const progress = progressLine(process.stderr)
  try {
    const dataDir = to.kind === 'sqlite' ? to.dataDir : readConfig(process.env).dataDir
    const { rows, events, heads, manifest } = await restoreBackup({
      from: resolve(from),
      to,
      dataDir,
      onProgress: progress.on,
    })
    progress.end()
    process.stdout.write(
      `restored to ${placeInWords(to)} what was backed up at ${manifest.madeAt}: ${rows.toLocaleString('en')} rows; ` +
        `${heads.length} records with ${events.toLocaleString('en')} events hold\n`,
    )
  } catch (fault) {
    progress.end()
    process.stderr.write(`not restored: ${faultWords(fault)}\n`)
    process.exitCode = 1
  }
}

if (values.from && values.to) await restore(values.from, placeIn(values.to))
else refuse('it needs --from and --to')
