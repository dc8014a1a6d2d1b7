// A ranking while it is being made: groups of options, best first; a group of several is a tie.

export type Ranking = readonly (readonly string[])[]

const groupOf = (ranking: Ranking, id: string): number => ranking.findIndex((group) => group.includes(id))

/** From 1; tied options have the same. 0 where it is not ranked. */
export const placeOf = (ranking: Ranking, id: string): number => groupOf(ranking, id) + 1

export const added = (ranking: Ranking, id: string): Ranking =>
  groupOf(ranking, id) < 0 ? [...ranking, [id]] : ranking

export const removed = (ranking: Ranking, id: string): Ranking =>
  ranking.map((group) => group.filter((one) => one !== id)).filter((group) => group.length > 0)

const insertedAt = (ranking: Ranking, at: number, id: string): Ranking => [
  ...ranking.slice(0, at),
  [id],
  ...ranking.slice(at),
]

/** One place up (-1) or down (1); out of a tie it steps beside the others, alone it passes the next group. */
export const moved = (ranking: Ranking, id: string, by: -1 | 1): Ranking => {
  const at = groupOf(ranking, id)
  const group = ranking[at]
  if (group === undefined) return ranking
  if (group.length > 1) return insertedAt(removed(ranking, id), by < 0 ? at : at + 1, id)
  const to = at + by
  return to < 0 || to >= ranking.length ? ranking : insertedAt(removed(ranking, id), to, id)
}

/** Joins the group before it. */
export const tied = (ranking: Ranking, id: string): Ranking => {
  const at = groupOf(ranking, id)
  if (at < 1 || ranking[at]?.length !== 1) return ranking
  return removed(ranking, id).map((group, index) => (index === at - 1 ? [...group, id] : group))
}

/** Stands alone again, right behind those it was level with. */
export const untied = (ranking: Ranking, id: string): Ranking => moved(ranking, id, 1)
