// The thread that makes a backup, so that the hall's own thread serves people meanwhile.
import { parentPort, workerData } from 'node:worker_threads'
import { type Backup, type BackupAsk, makeBackup } from './backup.ts'
import { faultWords } from './faultWords.ts'

export type BackupOutcome =
  | { readonly ok: true; readonly backup: Backup }
  | { readonly ok: false; readonly why: string }

const outcome: BackupOutcome = await makeBackup(workerData as BackupAsk).then(
  (backup) => ({ ok: true, backup }),
  (fault) => ({ ok: false, why: faultWords(fault) }),
)
parentPort?.postMessage(outcome)
