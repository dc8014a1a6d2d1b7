// `npm run sim:hostile -- --seed N --frames N`: so many grammar-made hostile frames at the door of the real hall, with
// honest people in the same draft and in another. Prints what came of them, and what the hall noticed of it.
import { optionsOf, wholeNumber } from '../../../server/cli/options.ts'
import { machine, spreadHead, spreadLine } from '../../bench/figures.ts'
import { besiege } from './siege.ts'

const { values, refuse } = optionsOf('npm run sim:hostile -- [--seed N] [--frames N] [--quiet]', {
  seed: { type: 'string', default: '1' },
  frames: { type: 'string', default: '20000' },
  quiet: { type: 'boolean', default: false },
})
const say = (line: string): boolean => process.stdout.write(`${line}\n`)
const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`

const siege = await besiege({
  seed: values.seed,
  frames: wholeNumber('frames', values.frames, 1, refuse),
  onTick: (frames, { longestStallMs, longestOwnStallMs, heapBytes, rssBytes }) => {
    const stalls = `${longestStallMs.toFixed(1)} ms, by itself ${longestOwnStallMs.toFixed(1)} ms`
    const figures = `stood still ${stalls}, holds ${mib(heapBytes)}, ${mib(rssBytes)} in all`
    if (!values.quiet) say(`  ${String(frames).padStart(9)} frames: ${figures}`)
  },
})
say(`hostile frames on ${machine()}, seed ${values.seed}`)
say(`${siege.frames} frames in ${siege.seconds.toFixed(0)} s`)
for (const counts of [siege.kinds, siege.closes]) {
  const list = [...counts].sort(([, a], [, b]) => b - a).map(([what, count]) => `${what} ${count}`)
  say(`${counts === siege.kinds ? 'kinds' : 'closed for'}: ${list.join(', ')}`)
}
say(`the event loop stood still for ${siege.longestStallMs.toFixed(1)} ms at most,`)
say(`and ${siege.longestOwnStallMs.toFixed(1)} ms without the time that other processes took on this machine`)
say(`memory when warm ${mib(siege.warm.heapBytes)}, at the end ${mib(siege.end.heapBytes)}`)
say(`in all when warm ${mib(siege.warm.rssBytes)}, at the end ${mib(siege.end.rssBytes)}`)
say(
  `honest people typed ${siege.lettersTyped} letters; what they noticed: ${siege.noticed.join(', ') || 'nothing'}`,
)
say(spreadHead)
say(spreadLine('a letter to the neighbour', siege.echoMs.slice(siege.echoesWhenWarm)))
process.exit(siege.noticed.length > 0 ? 1 : 0)
