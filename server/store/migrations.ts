// The store's shape, built step by step; the same steps on SQLite and PostgreSQL. Each step is a file in migrations/.
import type { Migration, MigrationProvider } from 'kysely'
import { theCommentChanges } from './migrations/commentChanges.ts'
import { theDoors, theDrafts, thePeople, theRecord, theUrns } from './migrations/firstTables.ts'
import { theForks } from './migrations/forks.ts'
import { theMatters } from './migrations/matters.ts'
import { theNodes } from './migrations/nodes.ts'
import { thePaperSheets } from './migrations/paperSheets.ts'
import { thePeopleFigures } from './migrations/peopleFigures.ts'
import { thePresets } from './migrations/presets.ts'
import { theProvenance } from './migrations/provenance.ts'
import { theComments, theUploads, theVersions } from './migrations/versions.ts'

const migrations: Record<string, Migration> = {
  '0001-record': { up: theRecord },
  '0002-urns': { up: theUrns },
  '0003-people': { up: thePeople },
  '0004-doors': { up: theDoors },
  '0005-drafts': { up: theDrafts },
  '0006-presets': { up: thePresets },
  '0007-versions': { up: theVersions },
  '0008-comments': { up: theComments },
  '0009-uploads': { up: theUploads },
  '0010-paper-sheets': { up: thePaperSheets },
  '0011-people-figures': { up: thePeopleFigures },
  '0012-forks': { up: theForks },
  '0013-matters': { up: theMatters },
  '0030-nodes': { up: theNodes },
  '0031-comment-changes': { up: theCommentChanges },
  '0032-provenance': { up: theProvenance },
}

export const migrationProvider: MigrationProvider = { getMigrations: async () => migrations }

/** Every step that this build knows, in order. */
export const stepNames: readonly string[] = Object.keys(migrations).sort()
