// Before the shape of a hall changes, the hall as it is goes into a backup; when that fails, nothing is changed.
import type { BackupPlan } from '../config.ts'
import type { OpeningOptions } from '../store/opening.ts'
import type { Place } from '../store/places.ts'
import { brokenInWords, makeBackup } from './backup.ts'
import { faultWords } from './faultWords.ts'

export const backUpFirst =
  (
    { backup: plan, dataDir }: { readonly backup: BackupPlan; readonly dataDir: string },
    place: Place,
    say: (line: string) => void,
  ): NonNullable<OpeningOptions['beforeUpgrade']> =>
  async ({ from, to }) => {
    say(`bringing the hall from step ${from} to ${to}; first a backup`)
    try {
      const { folder, broken } = await makeBackup({
        place,
        dataDir,
        into: plan.dir,
        kind: `before-${to}`,
        now: Date.now(),
      })
      say(`the hall as it was lies in ${folder}`)
      if (broken) say(brokenInWords(broken))
    } catch (fault) {
      const why = `the backup before it could not be made in ${plan.dir}: ${faultWords(fault)}`
      if (plan.upgradeWithout) return say(`${why}; going on without, as UPGRADE_WITHOUT_BACKUP asks`)
      throw new Error(
        `the hall has to be brought from step ${from} to ${to}, and ${why}. Nothing was changed. ` +
          'Make room there, name another folder with BACKUP_DIR, or set UPGRADE_WITHOUT_BACKUP=yes',
        { cause: fault },
      )
    }
  }
