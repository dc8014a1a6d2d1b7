// What a phone downloads before the participant's face can be used: the entry, the face, and all they import at once.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const participantKbMax = 150

interface ManifestEntry {
  readonly file: string
  readonly imports?: readonly string[]
  readonly isEntry?: boolean
}

const bytesOf = (file: string): number => gzipSync(readFileSync(`dist/client/${file}`)).length

const closure = (manifest: Record<string, ManifestEntry>, keys: readonly string[]): Set<string> => {
  const seen = new Set<string>()
  const visit = (key: string): void => {
    const entry = manifest[key]
    if (!entry || seen.has(key)) return
    seen.add(key)
    entry.imports?.forEach(visit)
  }
  keys.forEach(visit)
  return seen
}

const kb = (bytes: number): string => (bytes / 1024).toFixed(1)

export const bundleReport = (): string[] => {
  const manifest: Record<string, ManifestEntry> = JSON.parse(
    readFileSync('dist/client/.vite/manifest.json', 'utf8'),
  )
  const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry)
  const weigh = (face: string): { bytes: number; hasEditor: boolean } => {
    const keys = closure(manifest, [...entries, face])
    const files = [...keys].map((key) => manifest[key]?.file ?? '').filter((file) => file.endsWith('.js'))
    return {
      bytes: files.reduce((sum, file) => sum + bytesOf(file), 0),
      hasEditor: [...keys].some((key) => key.includes('editor/')),
    }
  }
  const faces = [
    'participant/ParticipantFace.tsx',
    'screen/ScreenFace.tsx',
    'facilitator/FacilitatorFace.tsx',
    'town/TownFace.tsx',
  ]
  const problems: string[] = []
  for (const face of faces) {
    if (!manifest[face]) problems.push(`  ${face} is not in the build`)
    else
      process.stdout.write(
        `     ${face}: ${kb(weigh(face).bytes)} KB of compressed JavaScript at first load\n`,
      )
  }
  const participant = weigh('participant/ParticipantFace.tsx')
  if (participant.bytes > participantKbMax * 1024)
    problems.push(`  the participant face is over ${participantKbMax} KB`)
  if (participant.hasEditor) problems.push('  the editor is not in a lazy chunk of its own')
  return problems
}
