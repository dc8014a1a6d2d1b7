// The drafts' worker thread: its jobs are done here, never on the event loop that serves people.
import { parentPort } from 'node:worker_threads'
import { reasonOf } from '../../shared/kernel/reason.ts'
import type { JobFault } from '../bench.ts'
import { type DraftJob, type DraftJobResult, workOn } from './draftJobs.ts'

/** What moves over to the event loop instead of being copied. */
const movedWith = (result: DraftJobResult): ArrayBuffer[] => {
  if (result.kind === 'merge') return [result.bytes.buffer, result.sections.buffer]
  if (result.kind !== 'news' || !result.scan) return []
  const { bytes, sections, deletes, needs } = result.scan
  return [bytes.buffer, sections.buffer, deletes.buffer, needs.buffer]
}

parentPort?.on('message', (job: DraftJob) => {
  try {
    const result = workOn(job)
    parentPort?.postMessage(result, movedWith(result))
  } catch (fault) {
    const message = reasonOf(fault)
    parentPort?.postMessage({ kind: 'fault', message } satisfies JobFault)
  }
})
