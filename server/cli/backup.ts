// `yishiting backup [--to DIR]`: a backup of the hall in DATA_DIR or DATABASE_URL, whether or not it is being served.
import { resolve } from 'node:path'
import { brokenInWords, makeBackup } from '../keeping/backup.ts'
import { faultWords } from '../keeping/faultWords.ts'
import { placeOf } from '../store/places.ts'
import { optionsOf } from './options.ts'
import { progressLine } from './progressLine.ts'
import { settings } from './settings.ts'

const usage = `yishiting backup [--to DIR]
  makes a backup of the hall in DATA_DIR or DATABASE_URL, in a new folder in DIR (else in BACKUP_DIR)`
const { values } = optionsOf(usage, { to: { type: 'string' } })
const config = settings()
const progress = progressLine(process.stderr)

try {
  const { folder, rows, bytes, broken } = await makeBackup({
    place: placeOf(config),
    dataDir: config.dataDir,
    into: values.to ? resolve(values.to) : config.backup.dir,
    kind: 'hall',
    now: Date.now(),
    onProgress: progress.on,
  })
  progress.end()
  process.stdout.write(`${folder}\n${rows.toLocaleString('en')} rows, ${bytes.toLocaleString('en')} bytes\n`)
  if (broken) {
    process.stderr.write(`${brokenInWords(broken)}\n`)
    process.exitCode = 1
  }
} catch (fault) {
  progress.end()
  process.stderr.write(`no backup was made: ${faultWords(fault)}\n`)
  process.exitCode = 1
}
