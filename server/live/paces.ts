// How long what goes to everybody waits for more of its kind, by how many are connected; how often lines are looked after.

export const presenceGapMs = 250
export const backlogCheckMs = 2_000

/** A frame costs about 15 µs a connection, so that frames take at most a seventh of the server's time. */
const frameGapMsPerConnection = 0.1
const frameGapMsMax = 60
const tallyGatherMsPerConnection = 0.3
const tallyGatherMsMax = 500

export const frameGapMs = (connections: number): number =>
  Math.min(frameGapMsMax, Math.floor(connections * frameGapMsPerConnection))

/** When a full hall votes at once, receipts go before running figures. */
export const tallyGatherMs = (connections: number): number =>
  Math.min(tallyGatherMsMax, Math.floor(connections * tallyGatherMsPerConnection))
