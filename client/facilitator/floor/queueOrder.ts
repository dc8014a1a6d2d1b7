// Turns a drag or a key on the queue into the new order of its seats.

export const queueByDrop = (
  order: readonly string[],
  moved: readonly string[],
  target: string,
  place: 'before' | 'after',
): string[] => {
  const rest = order.filter((seatId) => !moved.includes(seatId))
  const at = rest.indexOf(target)
  if (at === -1) return [...order]
  const cut = place === 'after' ? at + 1 : at
  return [...rest.slice(0, cut), ...order.filter((seatId) => moved.includes(seatId)), ...rest.slice(cut)]
}

/** `null` where the seat already stands at that end. */
export const queueByKey = (order: readonly string[], seatId: string, by: -1 | 1): string[] | null => {
  const at = order.indexOf(seatId)
  const other = order[at + by]
  if (at === -1 || other === undefined) return null
  return queueByDrop(order, [seatId], other, by === 1 ? 'after' : 'before')
}
